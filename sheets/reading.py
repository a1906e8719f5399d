"""Workbooks that come back, as sheets of rows."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO

from python_calamine import CalamineError, CalamineWorkbook

from config.errors import Fault, FaultyFile
from config.said import Said

Cell = str | int | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet; `rows` are those that are not blank, by their numbers from 1 on, each from column A on."""

    name: str
    rows: Iterator[tuple[int, Sequence[Cell]]]


@contextmanager
def open_sheets(name: str, source: Path | IO[bytes]) -> Iterator[Iterator[RawSheet]]:
    """Open a workbook; FaultyFile, under its name, where it cannot be read as one."""
    try:
        with CalamineWorkbook.from_object(source) as workbook:
            yield (RawSheet(sheet, _rows(workbook, sheet)) for sheet in workbook.sheet_names)
    except (CalamineError, OSError) as error:
        raise FaultyFile([Fault(name, None, "", Said("cannot be read as a workbook: {why}", why=str(error)))]) from None


def _rows(workbook: CalamineWorkbook, sheet: str) -> Iterator[tuple[int, Sequence[Cell]]]:
    for number, row in enumerate(workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False), start=1):
        if any(cell != "" for cell in row):
            yield number, row
