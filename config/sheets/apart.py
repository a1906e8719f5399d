"""`python apart.py MEMORY SECONDS [FILE]`: read a workbook in a process of its own, and write down its rows.

A cell far down and far to the right makes the library ask for hundreds of gigabytes, and it ends its process where
they are not given; so that must not be the process that serves others. It imports nothing of ours, so that it starts
at once. Without FILE the workbook comes on standard input. What is written are messages of `marshal`, each
after its length in eight bytes:

    ("sheet", name, is_hidden, merges)     merges over several rows: the first and the last row, and the column, from 0
    ("rows", numbers, columns, has_dates)  rows that are not blank, numbered from 1, column by column from A on
    ("end",)                               of the file
    ("fault", kind, words)                 nothing comes after it

Texts have no blanks around them, and a date is a tuple of kind and text. What stands in merged cells stands
in the first of them.
"""

import ctypes
import io
import marshal
import sys
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO
from xml.parsers import expat

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visible

Merge = tuple[tuple[int, int], tuple[int, int]]
"""The first cell and the last, each by row and column from 0."""

ROWS_A_BATCH = 2_500
MOST_COLUMNS = 1_024
LENGTH = 8
_PLAIN_FORMAT = 2
"""Of marshal: without looking for objects that repeat, which takes longer than it saves."""


def main(memory: str, seconds: str, file: str | None = None) -> None:
    """Read the workbook within so many bytes of memory and seconds of work."""
    _bound(int(memory), int(seconds))
    source = file if file is not None else io.BytesIO(sys.stdin.buffer.read())
    out = sys.stdout.buffer
    try:
        _send_sheets(out, source)
        _send(out, ("end",))
    except _TooWide:
        _send(out, ("fault", "wide", ""))
    except PasswordError:
        _send(out, ("fault", "password", ""))
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile, zlib.error, expat.ExpatError) as error:
        _send(out, ("fault", "damaged", str(error)))
    out.flush()


class _TooWide(Exception):
    """A sheet with a cell in a column where no table reaches."""


def _bound(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # a system that knows no such bounds
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _send_sheets(out: BinaryIO, source: str | io.BytesIO) -> None:
    workbook = CalamineWorkbook.from_object(source)
    merges = _merges_of_open_document(source)
    places = [place for place, about in enumerate(workbook.sheets_metadata) if about.typ is SheetTypeEnum.WorkSheet]
    for place in places:
        about, sheet = workbook.sheets_metadata[place], workbook.get_sheet_by_index(place)
        if place == places[-1]:
            workbook.close()
            _give_back()
        if sheet.end and sheet.end[1] >= MOST_COLUMNS:
            raise _TooWide
        ranges = sheet.merged_cell_ranges or merges.get(about.name) or []
        downwards = sorted((top, bottom, left) for (top, left), (bottom, _) in ranges if bottom > top)
        _send(out, ("sheet", about.name, about.visible is not Visible.Visible, downwards))
        _send_rows(out, sheet)


def _give_back() -> None:
    """Let the system have what the parsing took and the rows do not need: a third of it, where it can be asked to."""
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):
        return


def _send_rows(out: BinaryIO, sheet: CalamineSheet) -> None:
    numbers: list[int] = []
    rows: list[list[Any]] = []
    first = sheet.start[1] if sheet.start else 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        if row.count("") == len(row):
            continue
        numbers.append(number)
        rows.append(row)
        if len(rows) == ROWS_A_BATCH:
            _send_batch(out, first, numbers, rows)
            numbers, rows = [], []
    if rows:
        _send_batch(out, first, numbers, rows)


def _merges_of_open_document(source: str | io.BytesIO) -> dict[str, list[Merge]]:
    """Find the merged cells of each sheet of an open document, of which the library does not tell."""
    if not zipfile.is_zipfile(source):
        return {}
    with zipfile.ZipFile(source) as archive:
        if "content.xml" not in archive.namelist():
            return {}
        seen = _Merges()
        with archive.open("content.xml") as file:
            seen.parser.ParseFile(file)
    return seen.found


class _Merges:
    """Counts rows and cells as an open document names them: with how often each is repeated."""

    def __init__(self) -> None:
        self.found: dict[str, list[Merge]] = {}
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._begin
        self._sheet: list[Merge] = []
        self._row = self._column = self._next_row = 0

    def _begin(self, element: str, attributes: dict[str, str]) -> None:
        if element == "table:table":
            self._sheet = self.found.setdefault(attributes.get("table:name", ""), [])
            self._next_row = 0
        elif element == "table:table-row":
            self._row, self._column = self._next_row, 0
            self._next_row += int(attributes.get("table:number-rows-repeated", 1))
        elif element in ("table:table-cell", "table:covered-table-cell"):
            rows = int(attributes.get("table:number-rows-spanned", 1))
            columns = int(attributes.get("table:number-columns-spanned", 1))
            if rows > 1:
                ends = self._row + rows - 1, self._column + columns - 1
                self._sheet.append(((self._row, self._column), ends))
            self._column += int(attributes.get("table:number-columns-repeated", 1))


def _send_batch(out: BinaryIO, first: int, numbers: list[int], rows: list[list[Any]]) -> None:
    blank = [""] * len(rows)
    columns = [*[blank] * first, *map(_stripped, zip(*rows, strict=True))]
    try:
        message = marshal.dumps(("rows", numbers, columns, False), _PLAIN_FORMAT)
    except ValueError:  # marshal knows no dates
        told = [list(map(_told, column)) for column in columns]
        message = marshal.dumps(("rows", numbers, told, True), _PLAIN_FORMAT)
    _write(out, message)


def _stripped(column: tuple[Any, ...]) -> list[Any]:
    try:
        return list(map(str.strip, column))
    except TypeError:
        return [cell.strip() if type(cell) is str else cell for cell in column]


def _told(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return ("datetime", cell.isoformat())
    if isinstance(cell, date):
        return ("date", cell.isoformat())
    if isinstance(cell, time):
        return ("time", cell.isoformat())
    return str(cell) if isinstance(cell, timedelta) else cell


def _send(out: BinaryIO, message: tuple[Any, ...]) -> None:
    _write(out, marshal.dumps(message, _PLAIN_FORMAT))


def _write(out: BinaryIO, message: bytes) -> None:
    out.write(len(message).to_bytes(LENGTH, "big"))
    out.write(message)


if __name__ == "__main__":
    main(*sys.argv[1:])
