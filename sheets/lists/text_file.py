"""Write a list as text: CSV in UTF-8 as RFC 4180 has it, which no spreadsheet takes for formulas."""

import csv
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from io import TextIOWrapper
from typing import IO
from zoneinfo import ZoneInfo

from config.sheets.formulas import guarded
from config.vocabulary import Language
from sheets.cells import on_the_wall
from sheets.lists.table import Cell, Kind, Table
from sheets.lists.words import in_words

_MARK = "\ufeff"


def write_text(table: Table, out: IO[bytes], language: Language, *, marked: bool = False) -> int:
    """Write a list, and return how many rows it has.

    `marked` puts the mark of UTF-8 before it, without which Excel reads Chinese as gibberish. Text that a spreadsheet
    would run as a formula has an apostrophe before it.
    """
    text = TextIOWrapper(out, "utf-8", newline="", write_through=False)
    try:
        if marked:
            text.write(_MARK)
        writer = csv.writer(text)
        writer.writerow(map(guarded, table.header(language)))
        writers = [_writer(column.kind, language, table.zone) for column in table.columns]
        count = 0
        for row in table.rows:
            writer.writerow([None if cell is None else write(cell) for write, cell in zip(writers, row, strict=True)])
            count += 1
        return count
    finally:
        text.detach()  # what was given stays open


def _writer(kind: Kind, language: Language, zone: ZoneInfo) -> Callable[[Cell], str]:
    """Return how cells of a kind are written; None is written as nothing."""

    def words(cell: Cell) -> str:
        return guarded(in_words(cell, language))

    def moment(cell: Cell) -> str:
        return on_the_wall(cell, zone).isoformat(" ") if isinstance(cell, datetime) else str(cell)

    writers: dict[Kind, Callable[[Cell], str]] = {
        Kind.TEXT: words,
        Kind.WORD: words,
        Kind.YES: words,
        Kind.SHARE: lambda cell: f"{cell:.4f}" if isinstance(cell, float) else str(cell),
        Kind.AMOUNT: lambda cell: f"{cell:f}" if isinstance(cell, Decimal) else str(cell),
        Kind.MOMENT: moment,
        Kind.DAY: str,
        Kind.WHOLE: str,
    }
    return writers[kind]
