"""Read a workbook of answers that came back: what stands in each row that Rollcall made, and what stands elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from config.said import Said
from config.sheets import Cell, Source, open_sheets
from config.sheets.cells import letters_of
from config.vocabulary import AssignmentStatus
from sheets.answers.form import (
    ABOUT,
    BRANCH,
    CAMPAIGN,
    DONE,
    FIGURE,
    HELD,
    KEY,
    MARK,
    NEEDED,
    NOTE,
    NOTED,
    REOPENED,
    SEEN,
    STOOD,
    TASK,
    TITLE,
)
from sheets.answers.keys import key_of
from sheets.answers.typed import is_blank, read_done, read_number, text_in

_KEYS = (CAMPAIGN, BRANCH, TITLE, TASK, STOOD, SEEN, REOPENED, NOTED)
"""What a row is found by, in the order in which its key was made."""
Line = tuple[int, Sequence[Cell]]
"""A row of a sheet with its number."""


@dataclass(frozen=True, slots=True)
class FilledCell:
    """A cell as people find it; `title` is what its column is called, `column` its letters."""

    sheet: str
    row: int
    column: str
    title: str
    value: Cell

    @property
    def at(self) -> str:
        """Name the cell the way spreadsheets do."""
        return f"{self.column}{self.row}"

    @property
    def text(self) -> str:
        """What it says."""
        return text_in(self.value)

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing."""
        return is_blank(self.value)


@dataclass(frozen=True, slots=True)
class Kept:
    """A cell whose value was not taken, and why; it stays where it is, in the file."""

    cell: FilledCell
    reason: Said


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row that was made for one task of one branch, whose code stands in `named`.

    `stood`, `seen` and `reopened` are how that was when the sheet was made, `held` the figures that stood there and
    `noted` the digest of the note. `is_intact` tells whether all that it is found by is as it was made. `figures` are
    the cells of all figures, by their codes; one with other limits elsewhere has two.
    """

    campaign: str
    named: FilledCell
    task: str
    stood: str
    seen: str
    reopened: str
    noted: str
    held: Mapping[str, Decimal]
    is_intact: bool
    done: FilledCell
    figures: tuple[tuple[str, FilledCell], ...]
    note: FilledCell | None

    @property
    def branch(self) -> str:
        """The code of the branch."""
        return self.named.text

    @property
    def answers(self) -> tuple[FilledCell, ...]:
        """All cells of the answer that say something."""
        cells = (self.done, *(cell for _, cell in self.given), *((self.note,) if self.note else ()))
        return tuple(cell for cell in cells if not cell.is_blank)

    @property
    def given(self) -> tuple[tuple[str, FilledCell], ...]:
        """The figures that say something; one that was left as it was proposed does once the task is marked."""
        return tuple(
            (code, cell)
            for code, cell in self.figures
            if not cell.is_blank and not (self.done.is_blank and self._is_left(code, cell))
        )

    @property
    def is_untouched(self) -> bool:
        """Whether it says what stood in it when it was made, and so nothing of its own."""
        shown = [(code, cell) for code, cell in self.figures if not cell.is_blank]
        return (
            read_done(self.done.value) is (self.stood == AssignmentStatus.DONE)
            and {code for code, _ in shown} == self.held.keys()
            and all(self._is_left(code, cell) for code, cell in shown)
            and key_of(self.note.text if self.note else "") == self.noted
        )

    def _is_left(self, code: str, cell: FilledCell) -> bool:
        return code in self.held and read_number(cell.value) == self.held[code]


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A workbook of answers: its rows, and the cells that belong to none."""

    rows: tuple[FilledRow, ...]
    strays: tuple[Kept, ...]


def read_form(source: Source) -> FilledForm:
    """Read a workbook of answers; SheetFileError, under its name, for a file that cannot be read as a workbook.

    What stands in it and cannot be an answer comes as a stray, never silently left out.
    """
    rows: list[FilledRow] = []
    strays: list[Kept] = []
    with open_sheets(source) as sheets:
        for sheet in sheets:
            for found in _read(sheet.name, sheet.rows()):
                if isinstance(found, FilledRow):
                    rows.append(found)
                else:
                    strays.append(found)
    return FilledForm(tuple(rows), tuple(strays))


def _figures_in(text: str) -> Mapping[str, Decimal]:
    """Read the figures that a row was made with; what was spoilt in them is none."""
    pairs = (pair.partition("=") for pair in text.split())
    read = ((code, read_number(number)) for code, _, number in pairs)
    return {code: number for code, number in read if number is not None}


def _read(name: str, lines: Iterator[Line]) -> Iterator[FilledRow | Kept]:
    """Read a sheet: what stands above the marks is its title, under them is the header, then come the rows."""
    above: list[Line] = []
    for number, cells in lines:
        marks = {str(cell).strip() for cell in cells if str(cell).startswith(MARK)}
        if ABOUT in marks:
            return
        if marks.issuperset(NEEDED):
            _, header = next(lines, (0, ()))
            yield from _read_rows(_Columns(name, cells, header), lines)
            return
        above.append((number, cells))
    if above:
        number, cells = above[0]
        place, cell = next((place, cell) for place, cell in enumerate(cells) if cell != "")
        first = FilledCell(name, number, letters_of(place), "", cell)
        yield Kept(first, Said("this sheet is none that Rollcall made; nothing in it was read"))


def _read_rows(columns: "_Columns", lines: Iterator[Line]) -> Iterator[FilledRow | Kept]:
    beside = Said("this column is none of the sheet's; write it as a note")
    lost = Said("this row is none that Rollcall made, or its hidden cells were cleared; fill it in on a new sheet")
    for number, cells in lines:
        filled = columns.cells(number, cells)
        yield from (Kept(cell, beside) for cell in columns.strays(filled))
        row = columns.row(filled)
        if row is None:
            yield from (Kept(cell, lost) for cell in columns.own(filled) if not cell.is_blank)
        else:
            yield row


class _Columns:
    """Knows where the columns of a sheet stand, by their marks."""

    def __init__(self, sheet: str, marks: Sequence[Cell], header: Sequence[Cell]) -> None:
        self._sheet = sheet
        self._titles = [text_in(cell).partition("\n")[0] for cell in header]
        self._marks = [str(mark).strip() if str(mark).startswith(MARK) else "" for mark in marks]

    def cells(self, number: int, cells: Sequence[Cell]) -> Sequence[FilledCell]:
        """Return all cells of a row, as many as there are columns at least."""
        padded = (*cells, *[""] * (len(self._marks) - len(cells)))
        titles = (*self._titles, *[""] * (len(padded) - len(self._titles)))
        return [
            FilledCell(self._sheet, number, letters_of(place), titles[place], cell) for place, cell in enumerate(padded)
        ]

    def row(self, cells: Sequence[FilledCell]) -> FilledRow | None:
        """Return what was filled in; None where the row has not all that it is found by."""
        marked = list(zip(self._marks, cells, strict=False))
        by_mark = dict(marked)
        keys = {mark: by_mark[mark].text for mark in _KEYS}
        held = by_mark[HELD].text
        if not all(keys.values()):
            return None
        note = by_mark.get(NOTE)
        figures = tuple((mark.removeprefix(FIGURE), cell) for mark, cell in marked if mark.startswith(FIGURE))
        return FilledRow(
            campaign=keys[CAMPAIGN],
            named=by_mark[BRANCH],
            task=keys[TASK],
            stood=keys[STOOD],
            seen=keys[SEEN],
            reopened=keys[REOPENED],
            noted=keys[NOTED],
            held=_figures_in(held),
            is_intact=by_mark[KEY].text == key_of(*keys.values(), held),
            done=by_mark[DONE],
            figures=figures,
            note=note if note and not note.is_blank else None,
        )

    def own(self, cells: Sequence[FilledCell]) -> Iterator[FilledCell]:
        """Give the cells of a row that stand in columns of the sheet."""
        return (cell for mark, cell in zip(self._marks, cells, strict=False) if mark)

    def strays(self, cells: Sequence[FilledCell]) -> Iterator[FilledCell]:
        """Give what stands in columns that are none of the sheet's."""
        marks = (*self._marks, *[""] * (len(cells) - len(self._marks)))
        return (cell for mark, cell in zip(marks, cells, strict=True) if not mark and cell.value != "")
