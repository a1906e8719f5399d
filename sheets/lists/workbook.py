"""Write a list as a workbook: a header that stays in sight, a filter, and as many sheets as the rows need."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from itertools import chain, islice
from typing import IO
from zoneinfo import ZoneInfo

from xlsxwriter.worksheet import Worksheet

from config.definition.text import Text
from config.sheets.formulas import kept
from config.vocabulary import Language
from sheets.cells import on_the_wall
from sheets.lists.table import Cell, Column, Kind, Table
from sheets.lists.words import in_words
from sheets.names import Names
from sheets.styles import AMOUNT, DAY, MOMENT, SHARE, TEXT, WHOLE, Look, Styles
from sheets.widths import fitting
from sheets.workbooks import A4, ROWS_A_SHEET, Value, open_workbook, write_cell

SHOWN_AS = {
    Kind.TEXT: TEXT,
    Kind.WORD: TEXT,
    Kind.YES: TEXT,
    Kind.WHOLE: WHOLE,
    Kind.AMOUNT: AMOUNT,
    Kind.SHARE: SHARE,
    Kind.DAY: DAY,
    Kind.MOMENT: MOMENT,
}
_NUMBERS = {Kind.WHOLE, Kind.AMOUNT, Kind.SHARE}
_HEADER_HEIGHT = 30
_WIDEST = 60


def write_list(table: Table, out: IO[bytes], language: Language, *, rows_a_sheet: int = ROWS_A_SHEET) -> int:
    """Write a list and return how many rows it has; what one sheet cannot take goes on in the next."""
    with open_workbook(out) as workbook:
        styles, names = Styles(workbook, language), Names()
        rows = iter(table.rows)
        count = 0
        first = next(rows, None)
        while True:
            sheet = workbook.add_worksheet(names.take(table.title.of(language)))
            here = chain([] if first is None else [first], islice(rows, rows_a_sheet - 2))
            count += _write(sheet, table, here, styles)
            first = next(rows, None)
            if first is None:
                return count


def _write(sheet: Worksheet, table: Table, rows: "chain[tuple[Cell, ...]]", styles: Styles) -> int:
    language = styles.language
    header = table.header(language)
    _set_up(sheet, table.columns, header)
    for place, title in enumerate(header):
        write_cell(sheet, 0, place, title, styles.of(Look.HEADER))
    looks = [
        styles.of(Look.NUMBER if each.kind in _NUMBERS else Look.PLAIN, SHOWN_AS[each.kind]) for each in table.columns
    ]
    row = 0
    for row, cells in enumerate(rows, start=1):
        for place, (cell, look) in enumerate(zip(cells, looks, strict=True)):
            write_cell(sheet, row, place, _value(cell, language, table.zone), look)
    sheet.autofilter(0, 0, row, len(header) - 1)
    return row


def _set_up(sheet: Worksheet, columns: Sequence[Column], header: Sequence[str]) -> None:
    for place, (each, title) in enumerate(zip(columns, header, strict=True)):
        sheet.set_column(place, place, fitting(title, each.width, _WIDEST))
    sheet.set_row(0, _HEADER_HEIGHT)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&R&P / &N")


def _value(cell: Cell, language: Language, zone: ZoneInfo) -> Value:
    match cell:
        case StrEnum() | Text() | bool():
            return in_words(cell, language)
        case datetime():
            return on_the_wall(cell, zone)
        case str():
            return kept(cell)
        case _:
            return cell
