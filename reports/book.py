"""Workbooks: pages of rows with a head, ruled and printed like the tables of an office. Text is never a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from config.definition.text import Text
from config.vocabulary import Language
from reports.columns import ABOUT
from reports.text import fit

LONGEST_CELL = 32_767
"""How many characters Excel keeps in a cell."""
FONTS = {Language.ZH: "宋体", Language.EN: "Calibri"}

Value = str | int | float | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the workbook: a head, rows, and how wide its columns are, in characters.

    A float is a share of 0 to 1, a Decimal an amount with two decimals.
    """

    name: Text
    head: tuple[Text, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Value, ...], ...]
    one_line: frozenset[int] = frozenset()
    """The columns in which a long text is not broken into lines."""


@dataclass(frozen=True, slots=True)
class About:
    """The first page: what the workbook is called, and names with what stands for them; empty ones are left out."""

    title: Text
    lines: tuple[tuple[Text, str], ...]


def write_book(about: About, sheets: Iterable[Sheet], language: Language, *, written_at: datetime) -> bytes:
    """Write all pages; the same at the same instant gives the same file."""
    file = BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": fit(about.title.of(language)), "created": written_at.replace(tzinfo=None)})
    writer = _Writer(book, language)
    writer.begin(about)
    for sheet in sheets:
        writer.add(sheet)
    book.close()
    return file.getvalue()


class _Writer:
    """What is written the same way on every page."""

    def __init__(self, book: Any, language: Language) -> None:
        self._book, self._language = book, language
        font = {"font_name": FONTS[language], "font_size": 11, "valign": "vcenter"}
        ruled = font | {"border": 1}
        self._title: Format = book.add_format(font | {"bold": True, "font_size": 16})
        self._plain: Format = book.add_format(font)
        self._head: Format = book.add_format(
            ruled | {"bold": True, "bg_color": "#E7E6E6", "align": "center", "text_wrap": True}
        )
        self._text: Format = book.add_format(ruled | {"text_wrap": True})
        self._number: Format = book.add_format(ruled | {"num_format": "#,##0"})
        self._one_line: Format = book.add_format(ruled)
        self._amount: Format = book.add_format(ruled | {"num_format": "#,##0.00"})
        self._share: Format = book.add_format(ruled | {"num_format": "0.0%"})
        self._day: Format = book.add_format(ruled | {"num_format": "yyyy-mm-dd", "align": "left"})

    def begin(self, about: About) -> None:
        """Write the page that says what the workbook is about."""
        page = self._page(ABOUT, (30, 70))
        page.write_string(0, 0, fit(about.title.of(self._language)), self._title)
        for row, (name, value) in enumerate(((name, value) for name, value in about.lines if value), 2):
            page.write_string(row, 0, name.of(self._language), self._plain)
            page.write_string(row, 1, fit(value), self._plain)

    def add(self, sheet: Sheet) -> None:
        """Write a page of rows, with a head that stays in sight and is printed on every sheet."""
        page = self._page(sheet.name, sheet.widths)
        for column, title in enumerate(sheet.head):
            page.write_string(0, column, fit(title.of(self._language)), self._head)
        for number, row in enumerate(sheet.rows, 1):
            for column, value in enumerate(row):
                self._write(page, number, column, value, self._one_line if column in sheet.one_line else self._text)
        page.freeze_panes(1, 1)
        page.repeat_rows(0)

    def _write(self, page: Worksheet, row: int, column: int, value: Value, text: Format) -> None:
        match value:
            case None:
                page.write_blank(row, column, None, text)
            case str():
                page.write_string(row, column, fit(value)[:LONGEST_CELL], text)
            case date():
                page.write_datetime(row, column, datetime.combine(value, time()), self._day)
            case float():
                page.write_number(row, column, value, self._share)
            case Decimal():
                page.write_number(row, column, float(value), self._amount)
            case _:
                page.write_number(row, column, value, self._number)

    def _page(self, name: Text, widths: Sequence[int]) -> Worksheet:
        page: Worksheet = self._book.add_worksheet(name.of(self._language))
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        return page
