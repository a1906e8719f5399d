"""Files as offices make them, made by code: the same every time."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import xlwt

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


_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "manifest")
)


def save_ods(path: Path, made: Book) -> Path:
    tables = "".join(_ods_table(name, rows, made.merges) for name, rows in made.sheets.items())
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{place}" manifest:media-type="{kind}"/>'
        for place, kind in (("/", _ODS), ("content.xml", "text/xml"))
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _ODS, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest {_NAMES}>{entries}</manifest:manifest>")
        archive.writestr("content.xml", f"<office:document-content {_NAMES}>{body}</office:document-content>")
    return path


def _ods_table(name: str, rows: Rows, merges: Sequence[Merge]) -> str:
    lines = "".join(
        f"<table:table-row>{''.join(_ods_cell(merges, number, column, cell) for column, cell in enumerate(row, 1))}"
        "</table:table-row>"
        for number, row in enumerate(rows, 1)
    )
    return f'<table:table table:name="{name}">{lines}</table:table>'


def _ods_cell(merges: Sequence[Merge], row: int, column: int, cell: Cell) -> str:
    spans = ""
    for first_row, first_column, last_row, last_column in merges:
        if (row, column) == (first_row, first_column):
            down, right = last_row - row + 1, last_column - column + 1
            spans = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{right}"'
        elif first_row <= row <= last_row and first_column <= column <= last_column:
            return "<table:covered-table-cell/>"
    if isinstance(cell, int | float):
        return f'<table:table-cell{spans} office:value-type="float" office:value="{cell}"/>'
    if not cell:
        return f"<table:table-cell{spans}/>"
    said = escape(str(cell))
    return f'<table:table-cell{spans} office:value-type="string"><text:p>{said}</text:p></table:table-cell>'


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
