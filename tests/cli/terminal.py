"""The command line as a person meets it: what it answers, and what it leaves behind."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Answered:
    """What one command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.status in (0, 1), self.err
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The one line on standard error."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


Rollcall = Callable[..., Answered]


def dump_of(home: Path) -> str:
    """Everything in the database of a home, as text; empty when there is none."""
    file = home / "rollcall.db"
    if not file.exists():
        return ""
    with closing(sqlite3.connect(file)) as database:
        return "\n".join(database.iterdump())


def count(home: Path, sql: str) -> int:
    """Count straight in the database."""
    with closing(sqlite3.connect(home / "rollcall.db")) as database:
        return int(database.execute(sql).fetchone()[0])
