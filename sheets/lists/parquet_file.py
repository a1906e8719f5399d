"""Write a list as Parquet, for analysts: columns by codes, words as they are stored, instants in UTC."""

from collections.abc import Sequence
from itertools import islice
from typing import IO, Any

from config.definition.text import Text
from config.errors import Refusal
from config.said import Said
from config.vocabulary import Language
from sheets.lists.table import Cell, Kind, Table

ROWS_A_GROUP = 50_000
_DIGITS, _DECIMALS = 21, 2


def write_parquet(table: Table, out: IO[bytes], language: Language) -> int:
    """Write a list, a group of rows after the other, and return how many rows it has.

    Raises Refusal where the library for it is not installed.
    """
    try:
        import pyarrow as arrow
        from pyarrow.parquet import ParquetWriter
    except ImportError:
        raise Refusal(
            "Parquet needs the library pyarrow, which is not installed here",
            hint=Said("install it with: pip install 'rollcall[parquet]'"),
        ) from None

    schema = arrow.schema([(column.code, _type(arrow, column.kind)) for column in table.columns])
    count = 0
    with ParquetWriter(out, schema, compression="zstd") as writer:
        while rows := list(islice(table.rows, ROWS_A_GROUP)):
            columns = [
                arrow.array(_plain(cells, column.kind, language), type=field.type)
                for cells, column, field in zip(zip(*rows, strict=True), table.columns, schema, strict=True)
            ]
            writer.write_batch(arrow.record_batch(columns, schema=schema), row_group_size=ROWS_A_GROUP)
            count += len(rows)
    return count


def _plain(cells: Sequence[Cell], kind: Kind, language: Language) -> Sequence[Cell]:
    if kind is not Kind.TEXT:
        return cells
    return [cell.of(language) if isinstance(cell, Text) else cell for cell in cells]


def _type(arrow: Any, kind: Kind) -> Any:
    types = {
        Kind.TEXT: arrow.string(),
        Kind.WORD: arrow.string(),
        Kind.WHOLE: arrow.int64(),
        Kind.AMOUNT: arrow.decimal128(_DIGITS, _DECIMALS),
        Kind.SHARE: arrow.float64(),
        Kind.DAY: arrow.date32(),
        Kind.MOMENT: arrow.timestamp("us", tz="UTC"),
        Kind.YES: arrow.bool_(),
    }
    return types[kind]
