"""Read a workbook of answers that came back: what stands in each row that Rollcall made, and what stands elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from config.said import Said
from sheets.answers.form import ABOUT, BRANCH, CAMPAIGN, DONE, FIGURE, MARK, NEEDED, NOTE, SEEN, STOOD, TASK
from sheets.answers.typed import is_blank, text_in
from sheets.cells import letters_of
from sheets.reading import Cell, RawSheet, open_sheets


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
    """A row that was made for one task of one branch; `stood` and `seen` are how that was when the sheet was made.

    `figures` are the cells of all figures, by their codes; one with other limits elsewhere has two.
    """

    campaign: str
    branch: str
    task: str
    stood: str
    seen: str
    done: FilledCell
    figures: tuple[tuple[str, FilledCell], ...]
    note: FilledCell | None

    @property
    def answers(self) -> tuple[FilledCell, ...]:
        """All cells of the answer that say something."""
        cells = (self.done, *(cell for _, cell in self.figures), *((self.note,) if self.note else ()))
        return tuple(cell for cell in cells if not cell.is_blank)

    @property
    def given(self) -> tuple[tuple[str, FilledCell], ...]:
        """The figures that say something."""
        return tuple((code, cell) for code, cell in self.figures if not cell.is_blank)


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A workbook of answers: its rows, and the cells that belong to none."""

    rows: tuple[FilledRow, ...]
    strays: tuple[Kept, ...]


def read_form(name: str, source: Path | IO[bytes]) -> FilledForm:
    """Read a workbook of answers; FaultyFile, under its name, for a file that cannot be read as a workbook.

    What stands in it and cannot be an answer comes as a stray, never silently left out.
    """
    rows: list[FilledRow] = []
    strays: list[Kept] = []
    with open_sheets(name, source) as sheets:
        for sheet in sheets:
            _read(sheet, rows, strays)
    return FilledForm(tuple(rows), tuple(strays))


def _read(sheet: RawSheet, rows: list[FilledRow], strays: list[Kept]) -> None:
    first: tuple[int, Sequence[Cell]] | None = None
    for number, cells in sheet.rows:
        marks = _marks_in(cells)
        if ABOUT in marks:
            return
        if all(mark in marks for mark in NEEDED):
            _read_rows(_Reader(sheet.name, cells, _header(sheet)), sheet, rows, strays)
            return
        first = first or (number, cells)
    if first is not None:
        place, cell = next((place, cell) for place, cell in enumerate(first[1]) if cell != "")
        found = FilledCell(sheet.name, first[0], letters_of(place), "", cell)
        strays.append(Kept(found, Said("this sheet is none that Rollcall made; nothing in it was read")))


def _marks_in(cells: Sequence[Cell]) -> set[str]:
    return {cell.strip() for cell in cells if isinstance(cell, str) and cell.startswith(MARK)}


def _header(sheet: RawSheet) -> Sequence[Cell]:
    """Take the row under the marks, which says to people what the columns are."""
    _, cells = next(sheet.rows, (0, []))
    return cells


class _Reader:
    """Knows where the columns of a sheet stand."""

    def __init__(self, sheet: str, marks: Sequence[Cell], header: Sequence[Cell]) -> None:
        self._sheet = sheet
        self._titles = [text_in(cell).partition("\n")[0] for cell in header]
        self._places = {str(mark).strip(): place for place, mark in enumerate(marks) if str(mark).startswith(MARK)}
        self._figures = [
            (str(mark).strip().removeprefix(FIGURE), place)
            for place, mark in enumerate(marks)
            if str(mark).startswith(FIGURE)
        ]
        marked = {place for place, mark in enumerate(marks) if str(mark).startswith(MARK)}
        self._is_own = marked.__contains__

    def keys(self, cells: Sequence[Cell]) -> Mapping[str, str]:
        """Return what a row is found by."""
        return {mark: text_in(self._cell(cells, self._places[mark])) for mark in (CAMPAIGN, BRANCH, TASK, STOOD, SEEN)}

    def row(self, number: int, cells: Sequence[Cell]) -> FilledRow:
        """Return a row with what was filled in."""
        keys = self.keys(cells)
        note = self._filled(number, cells, self._places[NOTE]) if NOTE in self._places else None
        return FilledRow(
            campaign=keys[CAMPAIGN],
            branch=keys[BRANCH],
            task=keys[TASK],
            stood=keys[STOOD],
            seen=keys[SEEN],
            done=self._filled(number, cells, self._places[DONE]),
            figures=tuple((code, self._filled(number, cells, place)) for code, place in self._figures),
            note=None if note is None or note.is_blank else note,
        )

    def beside(self, number: int, cells: Sequence[Cell]) -> Iterator[FilledCell]:
        """Give what stands in columns that are none of the sheet's."""
        for place, cell in enumerate(cells):
            if cell != "" and not self._is_own(place):
                yield self._filled(number, cells, place)

    def all(self, number: int, cells: Sequence[Cell]) -> Iterator[FilledCell]:
        """Give everything that stands in a row."""
        for place, cell in enumerate(cells):
            if cell != "":
                yield self._filled(number, cells, place)

    def _filled(self, number: int, cells: Sequence[Cell], place: int) -> FilledCell:
        title = self._titles[place] if place < len(self._titles) else ""
        return FilledCell(self._sheet, number, letters_of(place), title, self._cell(cells, place))

    def _cell(self, cells: Sequence[Cell], place: int) -> Cell:
        return cells[place] if place < len(cells) else ""


def _read_rows(reader: _Reader, sheet: RawSheet, rows: list[FilledRow], strays: list[Kept]) -> None:
    for number, cells in sheet.rows:
        strays.extend(
            Kept(cell, Said("this column is none of the sheet's; write it as a note"))
            for cell in reader.beside(number, cells)
        )
        keys = reader.keys(cells)
        if all(keys.values()):
            rows.append(reader.row(number, cells))
            continue
        lost = Said("this row is none that Rollcall made, or its hidden cells were cleared; fill it in on a new sheet")
        strays.extend(Kept(cell, lost) for cell in reader.all(number, cells) if not cell.is_blank)
