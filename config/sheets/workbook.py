"""A file of any kind as sheets of rows of cells."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import NamedTuple

from config.sheets.cells import Cell, letters_of
from config.sheets.container import Kind, kind_of
from config.sheets.faults import SheetFileError
from config.sheets.reader import Message, reader_of
from config.sheets.source import Source
from config.sheets.text import decode_text, read_lines
from config.sheets.valueless import Valueless, find_valueless

ROWS_A_BATCH = 5_000


class Batch(NamedTuple):
    """Some rows that follow one another: the number of each, counted from 1 as people see it, and their columns.

    The first column is A. Texts have no blanks around them; where nothing stands there is an empty one, and NoValue
    where an error stands or a formula that nobody has worked out.
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
        _, name, is_hidden = message
        coming: list[Message] = []
        batches = _batches_of(messages, coming)
        sheet = Sheet(name, is_hidden, _with_valueless(batches, found) if (found := valueless.get(name)) else batches)
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


def _with_valueless(batches: Iterator[Batch], found: Valueless) -> Iterator[Batch]:
    """Put the cells without a value where they stand: the reading has blanks there, and no row where all are."""
    left = deque(sorted(number for number, cells in found.items() if cells))
    for batch in batches:
        coming: list[int] = []
        while left and left[0] <= batch.numbers[-1]:
            coming.append(left.popleft())
        yield _put(batch, {number: found[number] for number in coming}) if coming else batch
    if left:
        yield _put(Batch([], []), {number: found[number] for number in left})


def _put(batch: Batch, found: Valueless) -> Batch:
    width = max(len(batch.columns), 1 + max(max(cells) for cells in found.values()))
    rows = {number: [*row, *[""] * (width - len(row))] for number, row in batch.rows()}
    for number, cells in found.items():
        row = rows.setdefault(number, [""] * width)
        for place, cell in cells.items():
            row[place] = cell
    numbers = sorted(rows)
    return Batch(numbers, list(zip(*(rows[number] for number in numbers), strict=True)))
