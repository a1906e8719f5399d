"""The bare driver: what any way through a library is measured against."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from models.database import SQLITE_BUSY_MS

SQLITE_PRAGMAS = (f"busy_timeout={SQLITE_BUSY_MS}", "journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL")
"""What makes SQLite as durable, and as patient, as ours is."""

Rows = Iterable[Sequence[Any]]


class Bare:
    """A connection of the driver's own, as durable as ours, and a folder for files.

    Statements are written with `?`.
    """

    def __init__(self, url: str, home: Path) -> None:
        self.home = home
        address = make_url(url)
        self.is_sqlite = address.get_backend_name() == "sqlite"
        self._connection: Any = (
            _open_sqlite(str(address.database))
            if self.is_sqlite
            else psycopg.connect(
                host=str(address.query["host"]), user=address.username, dbname=address.database, autocommit=True
            )
        )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Begin, and commit at the end."""
        self.run("BEGIN IMMEDIATE" if self.is_sqlite else "BEGIN")
        yield
        self.run("COMMIT")

    def run(self, statement: str, *values: Any) -> list[Any]:
        """Execute one statement and return its rows."""
        cursor = self._connection.execute(self._spelt(statement), values)
        return list(cursor.fetchall()) if cursor.description else []

    def run_many(self, statement: str, rows: Rows) -> None:
        """Execute one statement for each row of values."""
        self._connection.cursor().executemany(self._spelt(statement), rows)

    def copy(self, statement: str, rows: Rows) -> None:
        """Send rows by PostgreSQL's COPY."""
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def instant(self, at: datetime | None) -> Any:
        """Write an instant the way the database keeps it."""
        if at is None or not self.is_sqlite:
            return at
        return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _spelt(self, statement: str) -> str:
        return statement if self.is_sqlite else statement.replace("?", "%s")


def places(rows: int, columns: int) -> str:
    """Write the places of so many rows of values: `(?, ?), (?, ?)`."""
    return ", ".join([f"({', '.join('?' * columns)})"] * rows)


def _open_sqlite(file: str) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection
