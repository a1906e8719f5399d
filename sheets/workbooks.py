"""Workbooks, written row by row: nothing is held in memory but the row at hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from tempfile import TemporaryDirectory
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Value = str | int | Decimal | float | bool | date | None
"""What a cell holds; an instant is a datetime without a zone."""

A4 = 9
ROWS_A_SHEET = 1_048_576
"""What a sheet takes, its header included."""
LONGEST_TEXT = 32_767
"""Characters that a cell takes."""
_OPTIONS = {
    "constant_memory": True,
    # Text is text, whatever it begins with.
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_LARGEST_EXACT = 10**15
"""Spreadsheets keep fifteen digits: from here on a number is written as text."""


@contextmanager
def open_workbook(out: IO[bytes]) -> Iterator[Workbook]:
    """Open a workbook that is written to `out` when the block ends, and to nowhere when it raises.

    Its rows lie in a folder of their own until then, which is gone in either case.
    """
    with TemporaryDirectory(prefix="rollcall-") as folder:
        workbook = Workbook(out, {**_OPTIONS, "tmpdir": folder})
        try:
            yield workbook
        except BaseException:
            workbook.fileclosed = True  # or it would write what it has when it is forgotten
            rows: list[Any] = [sheet.row_data_fh for sheet in workbook.worksheets()]
            for file in rows:
                file.close()
            raise
        workbook.close()


def write_cell(sheet: Worksheet, row: int, column: int, value: Value, look: Format) -> None:
    """Write a value as what it is: text never becomes a formula, a number or a link."""
    if value is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value[:LONGEST_TEXT], look)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, look)
    elif isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
        sheet.write_datetime(row, column, moment, look)
    elif abs(float(value)) >= _LARGEST_EXACT:
        sheet.write_string(row, column, str(value), look)
    else:
        sheet.write_number(row, column, float(value), look)
