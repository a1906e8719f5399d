"""Who asked a moment ago: remembered for some seconds, since a page is seldom asked for alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from sqlalchemy import Engine

from actions.access.secrets import digest_of
from models.branch import Branch
from models.changes import Changes
from models.officer import Officer
from models.unit import Unit
from models.user import Login, User

KEPT = timedelta(seconds=5)
"""How long somebody whom another process shuts out may still be let in by this one."""

MOST = 10_000

Who = TypeVar("Who")


@dataclass(frozen=True, slots=True)
class _Entry(Generic[Who]):
    who: Who
    found_at: datetime
    changes: int


class Known(Generic[Who]):
    """Finds who shows a secret, and remembers it for a moment.

    All is forgotten at once when this process commits a change to users, logins, officers, units or branches: a
    login that is ended here, or a link that is revoked, lets nobody in any more. Shared by threads.
    """

    def __init__(self, engine: Engine, find: Callable[[str, datetime], Who], is_let_in: Callable[[Who], bool]) -> None:
        """Take the way to look it up, and whether what was found lets somebody in: nothing else is remembered."""
        self._find, self._is_let_in = find, is_let_in
        self._changes = Changes(engine, (User, Login, Officer, Unit, Branch))
        self._entries: dict[str, _Entry[Who]] = {}

    def recall(self, secret: str, now: datetime) -> Who | None:
        """Return who shows it, where that is known without asking."""
        entry = self._entries.get(digest_of(secret))
        if entry is None or entry.changes != self._changes.count or not entry.found_at <= now < entry.found_at + KEPT:
            return None
        return entry.who

    def find(self, secret: str, now: datetime) -> Who:
        """Return who shows it, or what is found instead."""
        if (known := self.recall(secret, now)) is not None:
            return known
        changes = self._changes.count  # before it is read: what is committed meanwhile makes it worthless
        who = self._find(secret, now)
        if self._is_let_in(who):
            if len(self._entries) >= MOST:
                self._entries.clear()
            self._entries[digest_of(secret)] = _Entry(who, now, changes)
        return who
