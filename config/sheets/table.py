"""A table in a sheet: its records, without the titles above, the totals between and the notes below."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, compress, islice
from typing import Generic

from config.sheets.batches import Batch
from config.sheets.cells import Cell, MergedCell, have_ditto, is_ditto, text_of, texts_of
from config.sheets.faults import SheetFileError
from config.sheets.headers import ROWS_LOOKED_AT, C, Columns, Header, Misnamed, find_header
from config.sheets.workbook import Sheet

_TOTAL = re.compile(
    r".{0,12}(合计|总计|小计|共计|总数|累计)(\(.*\)|（.*）)?([:：]?[\d.,]*[人个名家户]?)|(grand|sub)?-?total:?|sum:?",
    re.IGNORECASE,
)
_SUBTOTAL = re.compile(r"小计|sub", re.IGNORECASE)
_NOTE = re.compile(
    r"(备?注|说明|填表|填报|制表|统计|审核|审批|复核|单位负责人|负责人|联系人|联系电话|日期|时间"
    r"|notes?|remarks?|prepared|checked|date|source)([^:：]{0,8}[:：]|[\d（(、.])"
    r"|\d{4}\s*年\s*\d{1,2}\s*月(\s*\d{1,2}\s*日)?$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(备?注|说明|(填表|填报|制表|统计|审核|审批|复核|单位负责)(人|单位|日期|时间)|统计负责人|负责人|联系人|联系电话|日期"
    r"|签字|签章|盖章|[(（](公章|盖章|签字|签章|章)[)）]|[(（]?以下(空白|无正文)[)）]?"
    r"|notes?|remarks?|prepared by|checked by|approved by|date)[:：]?",
    re.IGNORECASE,
)
"""What is written below a table, and left to be signed or filled in beside."""
_ENGLISH = frozenset(
    spelt for word in ("total", "subtotal", "sub-total", "sum") for spelt in (word, word.title(), word.upper())
)
_LONGEST_WORD = 24
_FEW = 2


@dataclass(frozen=True, slots=True)
class Stray:
    """A cell beside the columns of its table: its place in the row of a record, itself known by its place."""

    record: int
    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Records:
    """Records that follow one another: the line of each, and their cells, column by column in the order of Columns."""

    lines: Sequence[int]
    columns: Sequence[Sequence[Cell]]
    strays: Sequence[Stray] = ()


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row that adds up others, with its cells in the order of Columns."""

    line: int
    cells: Sequence[Cell]
    is_subtotal: bool


@dataclass(slots=True)
class Table(Generic[C]):
    """A table of a sheet. `parts` are to be read once; `passed_over` counts the rows that were no records so far."""

    sheet: Sheet
    header: Header
    parts: Iterator[Records | TotalRow]
    passed_over: int = 0
    rows: int = field(default=0)

    @property
    def not_taken(self) -> list[str]:
        """The columns that nobody reads and no list of names has, each with the cell of its name."""
        header = self.header
        cells = ((self.sheet.cell(place, header.line), header.texts[place]) for place in header.unknown)
        return [f"{self.sheet.name}!{cell} {name}" if cell else name for cell, name in cells]

    def cell(self, column: int, line: int) -> str:
        """Name the cell of a column, by its place among Columns, as spreadsheets do; of text and of none nothing."""
        place = self.header.places[column]
        return "" if place is None else self.sheet.cell(place, line)


def open_table(name: str, sheet: Sheet, columns: Columns[C]) -> Table[C] | None:
    """Find the table of a sheet; None where it is blank or has no row like a header.

    Raises SheetFileError where the header does not fit, under the name of the file.
    """
    first = next(sheet.batches, None)
    if first is None:
        return None
    try:
        header = find_header(list(islice(first.rows(), ROWS_LOOKED_AT)), columns)
    except Misnamed as wrong:
        raise SheetFileError.at(name, wrong.line, wrong.said, sheet.name) from None
    if header is None:
        return None
    reading = _Reading(header, columns)
    table: Table[C] = Table(sheet, header, iter(()))
    table.parts = _parts(reading, chain([first], sheet.batches), table)
    return table


def _parts(reading: "_Reading[C]", batches: Iterator[Batch], table: Table[C]) -> Iterator[Records | TotalRow]:
    for batch in batches:
        above = bisect_right(batch.numbers, reading.header.line)
        if above < len(batch.numbers):
            yield from reading.read(batch.numbers[above:], [column[above:] for column in batch.columns], table)


class _Reading(Generic[C]):
    """Tells records from what is none, and turns rows into columns."""

    def __init__(self, header: Header, columns: Columns[C]) -> None:
        self.header = header
        key = header.places[list(columns.names).index(columns.key)]
        self._key = 0 if key is None else key
        self._columns = {place for place in header.places if place is not None}
        self._named = self._columns | header.passed_over
        self._groups = [place for place, column in enumerate(columns.names) if column in columns.groups]
        self._above: dict[int, Cell] = {}
        self._width = len(header.texts)
        self._after_total = False
        self._is_below_header = True

    def read(
        self, numbers: Sequence[int], columns: Sequence[Sequence[Cell]], table: Table[C]
    ) -> Iterator[Records | TotalRow]:
        """Give the records of a batch, cut where a total stands between them."""
        blank = [""] * len(numbers)
        columns = [*columns, *[blank] * (self._width - len(columns))]
        start, left_out = 0, set[int]()
        if self._is_below_header and _numbers_columns([column[0] for column in columns]):
            left_out.add(0)
        self._is_below_header = False
        for place in sorted({*self._suspects(columns[self._key]), *_places_of_sums(columns)}):
            row = [column[place] for column in columns]
            if self._is_total(row):
                yield from self._records(numbers, columns, range(start, place), left_out)
                yield TotalRow(numbers[place], self._pick(row), self._is_subtotal(row))
                start, self._after_total = place + 1, True
            elif self._is_none(row):
                left_out.add(place)
        yield from self._records(numbers, columns, range(start, len(numbers)), left_out)
        table.passed_over += len(left_out)

    def _suspects(self, keys: Sequence[Cell]) -> list[int]:
        """List the rows that may be no records: their key is blank, or no plain word."""
        header = self.header.texts[self._key]
        if set(map(type, keys)) == {str} and all(keys):
            joined = "".join(keys)  # type: ignore[arg-type]
            if joined.isascii() and not {" ", ":"} & set(joined) and {header, *_ENGLISH}.isdisjoint(keys):
                return []
        return [
            place
            for place, cell in enumerate(keys)
            if not cell
            or (type(cell) is str and (not cell.isascii() or " " in cell or ":" in cell or cell.lower() in _ENGLISH))
            or cell == header
        ]

    def _is_total(self, row: list[Cell]) -> bool:
        """Tell whether a row adds up: it says so in its first cell, in a column of the table, or has no key."""
        said = [place for place, cell in enumerate(row) if _says_total(cell)]
        if not said:
            return False
        first = next(place for place, cell in enumerate(row) if cell != "")
        return not text_of(row[self._key]) or said[0] == first or not self._columns.isdisjoint(said)

    def _is_subtotal(self, row: list[Cell]) -> bool:
        return any(_SUBTOTAL.search(str(cell)) for cell in row if _says_total(cell))

    def _is_none(self, row: list[Cell]) -> bool:
        """Tell whether a row is a note, or the header once more."""
        filled = [(place, text) for place, cell in enumerate(row) if (text := text_of(cell))]
        if not filled:
            return True
        first, text = filled[0]
        key = text_of(row[self._key])
        if _SIGNED.fullmatch(text) or (_NOTE.match(text) and (first == self._key or not key or _NOTE.match(key))):
            return True
        if self._after_total and len(filled) <= _FEW and not key:
            return True
        return all(text == self.header.texts[place] for place, text in filled if place < self._width)

    def _pick(self, row: Sequence[Cell]) -> list[Cell]:
        return ["" if place is None else row[place] for place in self.header.places]

    def _records(
        self, numbers: Sequence[int], columns: Sequence[Sequence[Cell]], within: range, left_out: set[int]
    ) -> Iterator[Records]:
        if len(within) < len(numbers) or left_out:
            keep = [place in within and place not in left_out for place in range(len(numbers))]
            numbers, columns = list(compress(numbers, keep)), [list(compress(column, keep)) for column in columns]
        if not numbers:
            return
        blank = [""] * len(numbers)
        strays = [
            Stray(record, place, text)
            for place, cells in enumerate(columns)
            if place not in self._named and any(cells)
            for record, cell in enumerate(cells)
            if (text := text_of(cell))
        ]
        picked: list[Sequence[Cell]] = [blank if place is None else columns[place] for place in self.header.places]
        for group in self._groups:
            picked[group] = self._spelt_out(group, picked[group])
        yield Records(numbers, picked, strays)

    def _spelt_out(self, group: int, cells: Sequence[Cell]) -> Sequence[Cell]:
        """Write what is merged into each of its rows, and what is as above, where there is something above."""
        if MergedCell in set(map(type, cells)):
            cells = [cell.cell if isinstance(cell, MergedCell) else cell for cell in cells]
        texts = texts_of(cells)
        if have_ditto(texts, "".join(texts)):
            spelt: list[Cell] = []
            for cell in cells:
                spelt.append(self._above.get(group, cell) if is_ditto(cell) else cell)
                self._above[group] = spelt[-1]
            return spelt
        self._above[group] = cells[-1]
        return cells


def _numbers_columns(row: Sequence[Cell]) -> bool:
    """Tell whether a row does no more than number the columns from 1 on, as forms have it below their header."""
    filled = [text_of(cell) for cell in row if text_of(cell)]
    return len(filled) > _FEW and filled == [str(number) for number in range(1, len(filled) + 1)]


def _places_of_sums(columns: Sequence[Sequence[Cell]]) -> Iterator[int]:
    """Give the rows with a word for a sum in any column."""
    for cells in columns:
        kinds = set(map(type, cells))
        if str not in kinds and MergedCell not in kinds:
            continue
        texts = cells if kinds == {str} else [cell if isinstance(cell, str) else "" for cell in cells]
        if "计" in (told := "".join(texts)) or "总数" in told:  # type: ignore[arg-type]
            yield from (place for place, text in enumerate(texts) if "计" in text or "数" in text)  # type: ignore[operator]


def _says_total(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) <= _LONGEST_WORD and _TOTAL.fullmatch("".join(cell.split())) is not None
