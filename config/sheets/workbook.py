"""A file of any kind as sheets of rows of cells."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, zip_longest

from config.sheets.batches import Batch, with_merges, with_valueless
from config.sheets.cells import Cell, letters_of
from config.sheets.container import Kind, kind_of
from config.sheets.faults import SheetFileError
from config.sheets.reader import Message, reader_of
from config.sheets.source import Source
from config.sheets.text import decode_text, read_lines
from config.sheets.valueless import Valueless, find_valueless

ROWS_A_BATCH = 5_000


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
    """Open xlsx, xls, ods or text; yield its sheets one after the other, in the order of the file.

    Raises SheetFileError for what cannot be read, also while it is read: what is wrong may stand at the end.
    """
    kind = kind_of(source)
    if kind is Kind.TEXT:
        yield iter([_sheet_of_text(source)])
        return
    with reader_of(source) as messages, ThreadPoolExecutor(1) as beside:
        looking = beside.submit(find_valueless, source, kind)
        try:
            yield _sheets(messages, looking)
        except SheetFileError:
            looking.result()  # knows better what is wrong
            raise


def _sheet_of_text(source: Source) -> Sheet:
    lines = read_lines(source.name, decode_text(source.name, source.read()))
    return Sheet("", False, _batches(lines))


def _batches(lines: Iterator[tuple[int, list[str]]]) -> Iterator[Batch]:
    while run := list(islice(lines, ROWS_A_BATCH)):
        numbers, rows = zip(*run, strict=True)
        columns = zip_longest(*rows, fillvalue="")
        yield Batch(list(numbers), [list(map(str.strip, column)) for column in columns])


def _sheets(messages: Iterator[Message], looking: Future[Mapping[str, Valueless]]) -> Iterator[Sheet]:
    """Give the sheets; what is looked for in the file beside the reading is known before the first of them."""
    message = next(messages, None)
    valueless = looking.result()
    while message is not None:
        _, name, is_hidden, merges = message
        coming: list[Message] = []
        batches = with_valueless(_batches_of(messages, coming), valueless.get(name, {}))
        sheet = Sheet(name, is_hidden, with_merges(batches, merges))
        yield sheet
        for _ in sheet.batches:
            pass  # what nobody wanted to read
        message = coming[0] if coming else None


def _batches_of(messages: Iterator[Message], coming: list[Message]) -> Iterator[Batch]:
    """Give the batches of a sheet; what comes after them goes to `coming`."""
    for message in messages:
        if message[0] == "sheet":
            coming.append(message)
            return
        yield Batch(message[1], message[2])
