"""The database: engines for SQLite and PostgreSQL, transactions, and a lock that dies with its process."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from typing import Any
from zlib import crc32

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, FromClause, create_engine, event, make_url, text
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlmodel import Session

from config.errors import Refusal, Stale

SQLITE_BUSY_MS = 30_000
READ_ONLY = "rollcall_read_only"
_PRIMARY = 0xFF
"""The part of a result code of SQLite that names the kind of trouble."""
DEADLOCK = "40P01"
"""What PostgreSQL says to the one of two transactions that it ends because they wait for each other."""

_UNDERWAY: ContextVar[Connection | None] = ContextVar("underway", default=None)
"""The connection of the joint transaction that this thread is in."""

POOL: Mapping[str, int] = {"pool_size": 16, "max_overflow": 24}
"""How many connections a process keeps, and opens beside them for a moment: opening one takes as long as ten queries,
and the pages are served by 40 threads."""


class Busy(Refusal):
    """Another process holds the lock that was asked for."""


class HintingCompiler(SQLiteCompiler):
    """Write the hints of a statement, such as INDEXED BY, which SQLAlchemy leaves out for SQLite."""

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:  # noqa: ARG002
        """Put the hint after its table as it stands."""
        return text


def connect(url: str) -> Engine:
    """Return an engine for `sqlite:///FILE` or `postgresql+psycopg://...`.

    SQLite runs with WAL, foreign keys on, synchronous=FULL (an answer that was confirmed survives a
    power cut) and waits 30 s for another writer. What is stored stands in no error's text. Raises Refusal
    for any other database.
    """
    try:
        backend = make_url(url).get_backend_name()
    except ArgumentError:
        raise Refusal("database_url: not an address of a database; write sqlite:///FILE or postgresql://...") from None
    if backend == "sqlite":
        return _connect_sqlite(url)
    if backend == "postgresql":
        url_of_driver = make_url(url).set(drivername="postgresql+psycopg")
        return create_engine(url_of_driver, pool_pre_ping=True, hide_parameters=True, **POOL)
    raise Refusal("database_url: {backend} is not supported; use sqlite or postgresql", backend=backend)


def _connect_sqlite(url: str) -> Engine:
    engine = create_engine(url, hide_parameters=True, **POOL)
    engine.dialect.statement_compiler = HintingCompiler

    @event.listens_for(engine, "connect")
    def prepare(connection: SQLiteConnection, _: Any) -> None:
        connection.isolation_level = None  # the driver must not begin by itself: begin() below does
        for pragma in (
            f"busy_timeout={SQLITE_BUSY_MS}",
            "journal_mode=WAL",
            "foreign_keys=ON",
            "synchronous=FULL",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A deferred transaction that reads and then writes fails at once when another wrote in between.
        read_only = connection.get_execution_options().get(READ_ONLY, False)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Run one writing transaction: committed at the end of the block, rolled back when it raises.

    Within a joint one it is a part of that, and what it wrote is undone alone when it raises.
    """
    if (underway := _joined(engine)) is not None:
        with underway.begin_nested(), _part_of(underway) as session:
            yield session
            session.flush()
        return
    with engine.connect() as connection, connection.begin(), Session(connection, expire_on_commit=False) as session:
        yield session
        session.flush()


@contextmanager
def joint_transaction(engine: Engine) -> Iterator[None]:
    """Let whatever this thread writes and reads in the block be one transaction; it ends as `transaction` does.

    So that what is kept beside an action stands or falls with it, although the action does not know; within another
    one it is a part of that. Raises Stale where the database made it give way, because another one and this waited
    for each other.
    """
    if _joined(engine) is not None:
        yield
        return
    try:
        with engine.connect() as connection, connection.begin():
            before = _UNDERWAY.set(connection)
            try:
                yield
            finally:
                _UNDERWAY.reset(before)
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != DEADLOCK:
            raise
        raise Stale("somebody else changed the same at the same moment; nothing was changed, so try again") from None


def is_unavailable(error: Exception) -> bool:
    """Tell whether the database gave no turn or could not be reached, so that asking again later may help."""
    if isinstance(error, PoolExhausted):
        return True
    if not isinstance(error, OperationalError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code is None or code & _PRIMARY in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _joined(engine: Engine) -> Connection | None:
    underway = _UNDERWAY.get()
    return underway if underway is not None and underway.engine is engine else None


def _part_of(underway: Connection) -> Session:
    """Make a session that leaves it to others to end the transaction; by default one undoes its part when it closes."""
    return Session(underway, expire_on_commit=False, join_transaction_mode="rollback_only")


@contextmanager
def snapshot(engine: Engine) -> Iterator[Session]:
    """Read from one consistent state of the database, without holding up any writer.

    Within a joint transaction, what that has written is seen.
    """
    if (underway := _joined(engine)) is not None:
        with _part_of(underway) as session:
            yield session
        return
    with engine.connect() as connection:
        reading = connection.execution_options(**{READ_ONLY: True})
        if engine.dialect.name == "postgresql":
            reading = reading.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with reading.begin(), Session(reading, expire_on_commit=False) as session:
            yield session


@contextmanager
def exclusive(engine: Engine, name: str) -> Iterator[None]:
    """Hold the lock `name` of this database for the length of the block; it is freed when the process dies.

    A courtesy on top of compare-and-set and unique keys, which keep the tables right without it. Raises
    Busy when another process (on PostgreSQL: on any machine) holds it.
    """
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            key = crc32(f"rollcall/{name}".encode())
            if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": key}):
                raise Busy(f"another {name} is at work on this database; nothing was done")
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": key})
        return
    lock = FileLock(f"{sqlite_file(engine)}.{name}.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise Busy(f"another {name} is at work on this database; nothing was done") from None
    try:
        yield
    finally:
        lock.release()


def sqlite_file(engine: Engine) -> Path:
    """Return the file of a SQLite engine."""
    return Path(str(engine.url.database))


def reachable(engine: Engine) -> None:
    """Raise Refusal in one line when the database cannot be opened."""
    try:
        with engine.connect():
            pass
    except DatabaseError as error:
        where = engine.url.render_as_string(hide_password=True)
        raise Refusal(
            "cannot open the database {where}: {why}", where=where, why=str(error.orig).splitlines()[0]
        ) from None
