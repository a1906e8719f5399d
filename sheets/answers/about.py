"""The first sheet of a workbook of answers: what it is about, and how the others are filled in."""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from config.vocabulary import Language
from sheets.answers.form import ABOUT, AnswerForm
from sheets.answers.words import PROPOSED, STEPS, Word
from sheets.styles import Look, Styles
from sheets.widths import lines_of
from sheets.workbooks import A4, write_cell

_MARK_ROW, _TITLE_ROW, _FACTS, _STEPS = 0, 1, 3, 7
_LABELS, _VALUES = 18, 92
_LINE_HEIGHT = 18


def write_about(sheet: Worksheet, form: AnswerForm, styles: Styles, names: Sequence[str]) -> None:
    """Write it row by row; `names` are those of the other sheets, in their order."""
    language = styles.language
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, _LABELS)
    sheet.set_column(1, 1, _VALUES)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_row(_MARK_ROW, None, None, {"hidden": True})
    write_cell(sheet, _MARK_ROW, 0, ABOUT, styles.of(Look.TEXT))
    sheet.set_row(_TITLE_ROW, 30)
    write_cell(sheet, _TITLE_ROW, 0, form.title.of(language), styles.of(Look.TITLE))
    write_cell(sheet, _FACTS, 0, Word.FOR.of(language), styles.of(Look.LABEL))
    write_cell(sheet, _FACTS, 1, form.about_in(language), styles.of(Look.TEXT))
    write_cell(sheet, _FACTS + 1, 0, Word.MADE_ON.of(language), styles.of(Look.LABEL))
    write_cell(sheet, _FACTS + 1, 1, form.made_at.strftime("%Y-%m-%d %H:%M"), styles.of(Look.TEXT))
    row = _STEPS - 1
    write_cell(sheet, row, 0, Word.ABOUT.of(language), styles.of(Look.SUBTITLE))
    for number, step in enumerate(_steps(form, language), start=1):
        row += 1
        sheet.set_row(row, _LINE_HEIGHT * lines_of(step, _VALUES))
        write_cell(sheet, row, 0, number, styles.of(Look.STEP_NUMBER, "0"))
        write_cell(sheet, row, 1, step, styles.of(Look.STEP))
    row += 2
    for name, part in zip(names, form.sheets, strict=True):
        days = Word.WINDOW.of(language).format(first=part.first_day, last=part.last_day)
        write_cell(sheet, row, 0, name, styles.of(Look.LABEL))
        sheet.write_url(row, 1, f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1", styles.of(Look.LINK), days)
        row += 1
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _steps(form: AnswerForm, language: Language) -> Sequence[str]:
    if not form.sheets:
        return (Word.NOTHING_OPEN.of(language),)
    proposes = any(figure.from_ is not None for part in form.sheets for figure in part.figures)
    return (*STEPS[language], PROPOSED[language]) if proposes else STEPS[language]
