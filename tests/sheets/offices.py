"""Files as offices make them, made by code: the same every time."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

Cell = str | int | float | date | None
Rows = Sequence[Sequence[Cell]]
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 1."""

HEAD = ("单位编码", "单位名称", "上级编码", "级别", "支部编码", "支部名称", "党员人数", "职工人数")
CITY = ("130600", "保定市", "", "市", "", "", "", "")
ANGUO = ("130683", "安国市", "130600", "县")
QINGYUAN = ("130622", "清苑县", "130600", "县")
LANHE = (*ANGUO, "130683-001", "澜禾药业", 14, 220)
XIUCHUAN = (*ANGUO, "130683-002", "岫川中药材", 9, 85)
YANYU = (*QINGYUAN, "130622-001", "砚屿电缆", 23, 310)
ROWS = (CITY, LANHE, XIUCHUAN, YANYU)
"""The rows of most cases, and what they come to:"""
RIGHT = (
    ("130622", "130622-001", "砚屿电缆", 23, 310),
    ("130683", "130683-001", "澜禾药业", 14, 220),
    ("130683", "130683-002", "岫川中药材", 9, 85),
)


@dataclass(frozen=True)
class Book:
    """A workbook: sheets by name, cells merged in the first of them, sheets that are hidden, rows of empty borders."""

    sheets: Mapping[str, Rows]
    merges: Sequence[Merge] = ()
    hidden: Sequence[str] = ()
    empty_rows: int = 0
    corner: tuple[int, int] = (1, 1)


def book(*rows: Sequence[Cell], head: Sequence[Cell] = HEAD, **options: object) -> Book:
    """A workbook of one sheet: a header and rows."""
    return Book({"名册": (head, *rows)}, **options)  # type: ignore[arg-type]


def without(row: Sequence[Cell], *columns: str) -> tuple[Cell, ...]:
    """A row with some columns blank."""
    return tuple("" if name in columns else cell for name, cell in zip(HEAD, row, strict=True))


TITLED_AND_MERGED = Book(
    {"名册": (("基层组织名册",), (), HEAD, CITY, LANHE, without(XIUCHUAN, *HEAD[:4]), YANYU)},
    merges=[(1, 1, 1, 8), *((5, column, 6, column) for column in (1, 2, 3, 4))],
)


def save_xlsx(path: Path, made: Book) -> Path:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    top, left = made.corner
    for name, rows in made.sheets.items():
        sheet = workbook.create_sheet(name)
        for number, row in enumerate(rows, top):
            for column, cell in enumerate(row, left):
                if cell not in ("", None):
                    sheet.cell(number, column, cell)
        for number in range(made.empty_rows):
            sheet.cell(top + len(rows) + number, left).number_format = "0.00"
        if name in made.hidden:
            sheet.sheet_state = "hidden"
    for first_row, first_column, last_row, last_column in made.merges:
        workbook.worksheets[0].merge_cells(None, first_row, first_column, last_row, last_column)
    workbook.save(path)
    return path


def save_xls(path: Path, made: Book) -> Path:
    workbook = xlwt.Workbook(encoding="utf-8")
    for name, rows in made.sheets.items():
        sheet = workbook.add_sheet(name)
        covered = {(row, column): (last_row - 1, last_column - 1) for row, column, last_row, last_column in made.merges}
        inside = {
            (row, column)
            for first_row, first_column, last_row, last_column in made.merges
            for row in range(first_row, last_row + 1)
            for column in range(first_column, last_column + 1)
        } - covered.keys()
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row, 1):
                if (number, column) in covered:
                    sheet.write_merge(
                        number - 1, covered[number, column][0], column - 1, covered[number, column][1], cell
                    )
                elif (number, column) not in inside and cell not in ("", None):
                    sheet.write(number - 1, column - 1, cell)
    workbook.save(str(path))
    return path


def save_ods(path: Path, made: Book) -> Path:
    document = OpenDocumentSpreadsheet()
    for name, rows in made.sheets.items():
        table = Table(name=name)
        for number, row in enumerate(rows, 1):
            line = TableRow()
            for column, cell in enumerate(row, 1):
                line.addElement(_ods_cell(made.merges, number, column, cell))
            table.addElement(line)
        document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


def _ods_cell(merges: Sequence[Merge], row: int, column: int, cell: Cell) -> object:
    for first_row, first_column, last_row, last_column in merges:
        if (row, column) == (first_row, first_column):
            spans = {"numberrowsspanned": last_row - row + 1, "numbercolumnsspanned": last_column - column + 1}
            made = TableCell(valuetype="string", **spans)
            made.addElement(P(text=str(cell)))
            return made
        if first_row <= row <= last_row and first_column <= column <= last_column:
            return CoveredTableCell()
    if isinstance(cell, int | float):
        return TableCell(valuetype="float", value=cell)
    made = TableCell(valuetype="string") if cell else TableCell()
    if cell:
        made.addElement(P(text=str(cell)))
    return made


def save_text(path: Path, made: Book, *, encoding: str = "utf-8", separator: str = ",") -> Path:
    (rows,) = made.sheets.values()
    lines = [separator.join("" if cell is None else str(cell) for cell in row) for row in rows]
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return path


def rewritten(path: Path, changes: Mapping[str, bytes]) -> Path:
    """Replace parts of a zipped workbook, or add them."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | dict(changes)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    path.write_bytes(made.getvalue())
    return path


def part_of(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)
