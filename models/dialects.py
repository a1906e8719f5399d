"""What SQLite and PostgreSQL spell differently, in one place."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar, cast

from sqlalchemy import (
    CTE,
    JSON,
    ColumnClause,
    ColumnElement,
    CursorResult,
    Executable,
    Insert,
    Integer,
    Select,
    SQLColumnExpression,
    String,
    Table,
    bindparam,
    func,
    insert,
    literal,
    select,
    text,
    type_coerce,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine
from sqlmodel import Session, SQLModel

from models.base import Row

Item = TypeVar("Item")

ROWS_A_STATEMENT = 1_000
"""How many values go into one IN: SQLite takes 32,766 parameters."""


def table_of(model: type[Row]) -> Table:
    """Return the Core table of a model."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def insert_found(model: type[Row], columns: Sequence[str], rows: Select[Any], on_conflict: str) -> Insert:
    """Insert the rows that a query finds; `on_conflict` says in SQL which key, and what to do where it is taken.

    Both databases spell that alike, and a statement with it is compiled once, which SQLAlchemy's own upserts
    are not. The query has to end in a condition or an order: SQLite takes ON for that of its last join.
    """
    return insert(table_of(model)).from_select(columns, rows.suffix_with(text(f"ON CONFLICT {on_conflict}")))


def is_postgresql(session: Session) -> bool:
    """Tell the two databases apart."""
    return session.get_bind().dialect.name == "postgresql"


def one_after_another(session: Session, *names: str) -> None:
    """Let transactions that give one of these names follow one another; SQLite's writers do so anyway."""
    if is_postgresql(session):
        for name in sorted(names):
            session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def place_of_text(session: Session, text: ColumnElement[str], part: str) -> ColumnElement[int]:
    """Tell where a text first holds another, counted from 1; 0 where it does not."""
    return func.strpos(text, part) if is_postgresql(session) else func.instr(text, part)


class days_between(FunctionElement[int]):  # noqa: N801 - written like the functions that it stands among
    """How many days later a day is than another, as a whole number."""

    inherit_cache = True
    name = "days_between"
    type = Integer()

    def __init__(self, first: SQLColumnExpression[date], last: SQLColumnExpression[date]) -> None:
        super().__init__(first, last)


@compiles(days_between, "postgresql")
def _subtract(element: days_between, compiler: SQLCompiler, **options: Any) -> str:
    first, last = (compiler.process(day, **options) for day in element.clauses)
    return f"({last} - {first})"


@compiles(days_between, "sqlite")
def _subtract_julian(element: days_between, compiler: SQLCompiler, **options: Any) -> str:
    first, last = (compiler.process(day, **options) for day in element.clauses)
    return f"CAST(julianday({last}) - julianday({first}) AS INTEGER)"


def values_table(
    session: Session, name: str, columns: Sequence[ColumnClause[Any]], rows: Iterable[tuple[Any, ...]]
) -> CTE:
    """Compose a table of literal rows to join with; none is a table too.

    The rows are one parameter, a text of JSON: the statement is the same however many there are, so that it is
    compiled once. An array a column would take PostgreSQL's driver more than twice the time.
    """
    given = rows_given(session, name, columns, rows)
    return _compose(is_postgresql(session), name, columns, lambda key, kind: literal(given[key], kind))


def table_given(is_on_postgresql: bool, name: str, columns: Sequence[ColumnClause[Any]]) -> CTE:
    """Compose such a table for a statement that is put together once: `rows_given` are parameters of its execution."""
    return _compose(is_on_postgresql, name, columns, lambda key, kind: bindparam(key, type_=kind))


def rows_given(
    session: Session, name: str, columns: Sequence[ColumnClause[Any]], rows: Iterable[tuple[Any, ...]]
) -> dict[str, Any]:
    """Write rows as the parameter of the table of that name, every value the way that its column keeps it."""
    dialect = session.get_bind().dialect
    writers = [each.type.dialect_impl(dialect).bind_processor(dialect) for each in columns]
    written = ([write(cell) if write else cell for write, cell in zip(writers, row, strict=True)] for row in rows)
    if is_postgresql(session):
        names = [each.name for each in columns]
        shaped: list[Any] = [dict(zip(names, row, strict=True)) for row in written]
    else:
        shaped = list(written)
    return {f"{name}_rows": json.dumps(shaped, default=_say_day)}


def _say_day(value: date) -> str:
    """Write what JSON has no form for: days and instants, which PostgreSQL reads by their text."""
    return value.isoformat()


def _compose(
    is_on_postgresql: bool,
    name: str,
    columns: Sequence[ColumnClause[Any]],
    parameter: Callable[[str, TypeEngine[Any]], ColumnElement[Any]],
) -> CTE:
    rows = parameter(f"{name}_rows", String())
    if is_on_postgresql:
        found = func.json_to_recordset(sql_cast(rows, JSON)).table_valued(*columns)
        return select(found.render_derived(name, with_types=True)).cte(name)
    row = func.json_each(rows).table_valued("value").c.value
    typed = (_from_json(row, place, each) for place, each in enumerate(columns))
    return select(*typed).cte(name).prefix_with("MATERIALIZED")


def _from_json(row: ColumnElement[Any], place: int, target: ColumnClause[Any]) -> ColumnElement[Any]:
    """Take one value out of a row of JSON.

    SQLite joins by an index of its own making only what it knows to be numbers or texts; an instant, which
    it would make a number of, stays as it is written.
    """
    value = func.json_extract(row, f"$[{place}]")
    can_be_cast = isinstance(target.type, (Integer, String))
    return (sql_cast(value, target.type) if can_be_cast else type_coerce(value, target.type)).label(target.name)


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
