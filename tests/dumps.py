"""All that a database remembers, told without row ids: two that tell the same remember the same."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Column, Engine, Table, UniqueConstraint, select

from models.database import snapshot
from models.tables import complete_metadata

LEFT_OUT = {"id", "lease_token", "lease_until", "address", "phone"}
"""What differs from run to run: ids, leases, and what is sealed (an address is known by its fingerprint)."""

Row = tuple[tuple[str, Any], ...]
Dump = dict[str, list[Row]]


def dump(engine: Engine) -> Dump:
    """Every row of every table, sorted; a row id that points elsewhere gives way to codes and names."""
    tables = complete_metadata().sorted_tables
    with snapshot(engine) as session:
        rows = {table.name: session.execute(select(table)).mappings().all() for table in tables}
    names = {table.name: {row["id"]: row for row in rows[table.name]} for table in tables if "id" in table.columns}

    def name_of(table: Table, row_id: int | None) -> Any:
        if row_id is None:
            return None
        row = names[table.name][row_id]
        return tuple(said(column, row) for column in _key(table))

    def said(column: "Column[Any]", row: Mapping[str, Any]) -> Any:
        for key in column.foreign_keys:
            return name_of(key.column.table, row[column.name])
        return row[column.name]

    return {table.name: _told(table, rows[table.name], said) for table in tables}


def _told(
    table: Table, rows: "list[Mapping[str, Any]]", said: "Callable[[Column[Any], Mapping[str, Any]], Any]"
) -> list[Row]:
    columns = [column for column in table.columns if column.name not in LEFT_OUT]
    return sorted((tuple((column.name, said(column, row)) for column in columns) for row in rows), key=repr)


def _key(table: Table) -> list["Column[Any]"]:
    """The columns by which people tell the rows of a table apart: its code, its unique keys, or all it tells."""
    for column in table.columns:
        if column.unique:
            return [column]
    keys: list[Any] = [found for found in table.constraints if isinstance(found, UniqueConstraint)]
    keys += [index for index in table.indexes if index.unique]
    names = {column.name for key in keys for column in key.columns}
    return [column for column in table.columns if column.name in names or (not keys and column.name not in LEFT_OUT)]
