"""A file of any kind as sheets of rows of cells."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import NamedTuple

from config.sheets.cells import Cell, letters_of
from config.sheets.container import Kind, kind_of, measure
from config.sheets.faults import SheetFileError
from config.sheets.reader import Message, reader_of
from config.sheets.source import Source
from config.sheets.text import decode_text, read_lines

ROWS_A_BATCH = 5_000


class Batch(NamedTuple):
    """Some rows that follow one another: the number of each, counted from 1 as people see it, and their columns.

    The first column is A. Texts have no blanks around them; where nothing stands there is an empty one.
    """

    numbers: list[int]
    columns: Sequence[Sequence[Cell]]

    def rows(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Give the rows one by one."""
        return zip(self.numbers, zip(*self.columns, strict=True), strict=True)


@dataclass(slots=True)
class Sheet:
    """A sheet; a file of text is one without a name.

    `batches` are its rows that are not blank, to be read once and before the next sheet.
    """

    name: str
    is_hidden: bool
    batches: Iterator[Batch]

    def rows(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Give the rows one by one, each with its number."""
        return (row for batch in self.batches for row in batch.rows())

    def cell(self, place: int, number: int) -> str:
        """Name a cell of a row the way spreadsheets do; of text, nothing."""
        return f"{letters_of(place)}{number}" if self.name else ""


@contextmanager
def open_sheets(source: Source) -> Iterator[Iterator[Sheet]]:
    """Open xlsx, xlsb, xls, ods or text; yield its sheets one after the other, in the order of the file.

    Raises SheetFileError for what cannot be read, also while it is read: what is wrong may stand at the end.
    """
    kind = kind_of(source)
    if kind is Kind.TEXT:
        yield iter([_sheet_of_text(source)])
        return
    with reader_of(source) as messages, ThreadPoolExecutor(1) as beside:
        measuring = beside.submit(measure, source) if kind is Kind.ZIPPED else None
        try:
            yield _sheets(messages, measuring)
        except SheetFileError:
            if measuring is not None:
                measuring.result()  # knows better what is wrong
            raise


def _sheet_of_text(source: Source) -> Sheet:
    lines = read_lines(source.name, decode_text(source.name, source.read()))
    return Sheet("", False, _batches(lines))


def _batches(lines: Iterator[tuple[int, list[str]]]) -> Iterator[Batch]:
    while run := list(islice(lines, ROWS_A_BATCH)):
        numbers, rows = zip(*run, strict=True)
        columns = zip_longest(*rows, fillvalue="")
        yield Batch(list(numbers), [list(map(str.strip, column)) for column in columns])


def _sheets(messages: Iterator[Message], measuring: Future[None] | None) -> Iterator[Sheet]:
    """Give the sheets; whether the sizes declared are true is looked at beside the reading, and known at its end."""
    message = next(messages, None)
    while message is not None:
        _, name, is_hidden = message
        coming: list[Message] = []
        sheet = Sheet(name, is_hidden, _batches_of(messages, coming))
        yield sheet
        for _ in sheet.batches:
            pass  # what nobody wanted to read
        message = coming[0] if coming else None
    if measuring is not None:
        measuring.result()


def _batches_of(messages: Iterator[Message], coming: list[Message]) -> Iterator[Batch]:
    """Give the batches of a sheet; what comes after them goes to `coming`."""
    for message in messages:
        if message[0] == "sheet":
            coming.append(message)
            return
        yield Batch(message[1], message[2])
