"""What SQLite and PostgreSQL spell differently, in one place."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import CTE, ColumnClause, CursorResult, Executable, Table, false, func, null, select, values
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from models.base import Row

Item = TypeVar("Item")

ROWS_A_STATEMENT = 1_000
"""How many rows of values go into one statement: five columns stay under SQLite's 32,766 parameters."""


def table_of(model: type[Row]) -> Table:
    """Return the Core table of a model."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def insert_into(session: Session, model: type[Row]) -> "sqlite.Insert | postgresql.Insert":
    """Start an INSERT that knows ON CONFLICT, in the dialect of the session's database."""
    if is_postgresql(session):
        return postgresql.insert(table_of(model))
    return sqlite.insert(table_of(model))


def is_postgresql(session: Session) -> bool:
    """Tell the two databases apart."""
    return session.get_bind().dialect.name == "postgresql"


def values_table(name: str, columns: Sequence[ColumnClause[Any]], rows: Iterable[tuple[Any, ...]]) -> CTE:
    """Compose a table of literal rows to join with; at most ROWS_A_STATEMENT of them, and none is a table too.

    A common table expression, because SQLite gives the columns of VALUES no names anywhere else.
    """
    if found := list(rows):
        return values(*columns, name=name).data(found).cte(name)
    return select(*(null().cast(each.type).label(each.name) for each in columns)).where(false()).cte(name)


def in_chunks(rows: Sequence[Item], size: int = ROWS_A_STATEMENT) -> Iterable[Sequence[Item]]:
    """Cut rows into runs of at most `size`."""
    return (rows[start : start + size] for start in range(0, len(rows), size))


def count_changed(session: Session, statement: Executable) -> int:
    """Execute a writing statement and return how many rows it changed: the proof of a compare-and-set."""
    counted = statement.execution_options(preserve_rowcount=True)
    changed = cast("CursorResult[Any]", session.execute(counted)).rowcount
    if changed >= 0:
        return changed
    # SQLite's driver does not count for a statement that begins with a common table expression.
    return session.scalar(select(func.changes())) or 0
