"""Write a workbook of answers: to be filled in offline, with everything locked but what is asked."""

from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from config.errors import Refusal
from config.vocabulary import Language
from sheets.answers.about import write_about
from sheets.answers.columns import Cell, Column, columns_of
from sheets.answers.form import DONE, NOTE, AnswerForm, FormRow, FormSheet
from sheets.answers.limits import done_rule, figure_rule, note_rule
from sheets.answers.words import Word
from sheets.names import Names
from sheets.styles import Look, Styles
from sheets.widths import lines_of
from sheets.workbooks import A4, ROWS_A_SHEET, open_workbook, write_cell

_TITLE, _SUBTITLE, _MARKS, _HEADER, _FIRST = range(5)
"""The rows of a sheet: its title and what it is about, the marks of its columns, the header, then the work."""
_FROZEN = 4
"""How many columns stay in sight: those that say whose work it is, and which."""
_HEADER_HEIGHT = 48
_LINE_HEIGHT, _AROUND = 14, 6
_ALLOWED = {"format_columns": True, "format_rows": True, "autofilter": True}
"""What may be done in a protected sheet, beside writing into the cells that are not locked."""


def write_form(form: AnswerForm, out: IO[bytes], language: Language) -> int:
    """Write the workbook and return how many pieces of work stand in it.

    Rows are written as they are read: nothing is held but the one at hand. Raises Refusal for more than a sheet takes.
    """
    with open_workbook(out) as workbook:
        styles, names = Styles(workbook, language), Names()
        about = workbook.add_worksheet(names.take(Word.ABOUT.of(language)))
        named = [names.take(_name(part, language)) for part in form.sheets]
        sheets = [workbook.add_worksheet(name) for name in named]
        write_about(about, form, styles, named)
        if sheets:
            sheets[0].activate()
        return sum(_write(sheet, form, part, styles) for sheet, part in zip(sheets, form.sheets, strict=True))


def _name(part: FormSheet, language: Language) -> str:
    return " ".join(filter(None, (part.title.of(language), part.wave)))


def _write(sheet: Worksheet, form: AnswerForm, part: FormSheet, styles: Styles) -> int:
    columns = columns_of(form, part, styles.language)
    _set_up(sheet, columns, styles.language)
    _write_head(sheet, form, part, columns, styles)
    row = _HEADER
    for row, (work, is_first) in enumerate(_with_firsts(part.rows), start=_FIRST):
        if row >= ROWS_A_SHEET:
            raise Refusal("a sheet takes {most} rows, and this one needs more; choose a unit below", most=ROWS_A_SHEET)
        cells = [column.cell(work) for column in columns]
        sheet.set_row(row, _LINE_HEIGHT * max(map(_lines, cells, columns)) + _AROUND)
        for place, (value, look, shown_as) in enumerate(cells):
            write_cell(sheet, row, place, value, styles.of(look, shown_as, ruled=is_first))
    _finish(sheet, columns, max(row, _FIRST), styles)
    return row - _HEADER


def _lines(cell: Cell, column: Column) -> int:
    value, look, _ = cell
    return lines_of(value, column.width) if isinstance(value, str) and look is Look.TEXT and not column.is_hidden else 1


def _with_firsts(rows: Iterable[FormRow]) -> Iterator[tuple[FormRow, bool]]:
    """Tell of each row whether it is the first of its branch."""
    before = None
    for row in rows:
        yield row, row.branch != before
        before = row.branch


def _set_up(sheet: Worksheet, columns: Sequence[Column], language: Language) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, None, {"hidden": column.is_hidden})
    sheet.freeze_panes(_FIRST, _FROZEN)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER)
    sheet.set_footer(f"&L&A&R{Word.PAGE.of(language)}")
    sheet.hide_gridlines(2)
    sheet.protect("", _ALLOWED)


def _write_head(sheet: Worksheet, form: AnswerForm, part: FormSheet, columns: Sequence[Column], styles: Styles) -> None:
    language = styles.language
    days = Word.WINDOW.of(language).format(first=part.first_day, last=part.last_day)
    sheet.set_row(_TITLE, 28)
    write_cell(sheet, _TITLE, 0, f"{form.title.of(language)} · {_name(part, language)}", styles.of(Look.TITLE))
    about = form.about_in(language)
    said = f"{about}  ·  {days}  ·  {Word.MADE_ON.of(language)} {form.made_at:%Y-%m-%d %H:%M}"
    write_cell(sheet, _SUBTITLE, 0, said, styles.of(Look.SUBTITLE))
    sheet.set_row(_MARKS, None, None, {"hidden": True})
    for place, column in enumerate(columns):
        write_cell(sheet, _MARKS, place, column.mark, styles.of(Look.TEXT))
    sheet.set_row(_HEADER, _HEADER_HEIGHT)
    for place, column in enumerate(columns):
        write_cell(sheet, _HEADER, place, column.header, styles.of(Look.HEADER))


def _finish(sheet: Worksheet, columns: Sequence[Column], last: int, styles: Styles) -> None:
    """Add what is said of whole columns: lists, limits, warnings, the filter and what is printed."""
    language = styles.language
    places = {column.mark: place for place, column in enumerate(columns)}
    sheet.data_validation(_FIRST, places[DONE], last, places[DONE], done_rule(language))
    sheet.data_validation(_FIRST, places[NOTE], last, places[NOTE], note_rule(language))
    done = f"${xl_col_to_name(places[DONE])}{_FIRST + 1}"
    for place, column in enumerate(columns):
        if column.figure is None:
            continue
        sheet.data_validation(_FIRST, place, last, place, figure_rule(column.figure, language))
        if column.figure.from_ is not None:
            unsaid = {"type": "formula", "criteria": f'={done}<>"{Word.YES.of(language)}"', "format": styles.unsaid()}
            sheet.conditional_format(_FIRST, place, last, place, unsaid)
        if column.figure.required:
            own = f"{xl_col_to_name(place)}{_FIRST + 1}"
            lacking = f'=AND({done}="{Word.YES.of(language)}",ISBLANK({own}))'
            warning = {"type": "formula", "criteria": lacking, "format": styles.warning()}
            sheet.conditional_format(_FIRST, place, last, place, warning)
    # Hidden columns are in it, so that they go along with their rows where somebody sorts them.
    sheet.autofilter(_HEADER, 0, last, len(columns) - 1)
    shown = sum(not column.is_hidden for column in columns) - 1
    sheet.print_area(0, 0, last, shown)
