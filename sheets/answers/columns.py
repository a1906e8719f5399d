"""The columns of a sheet of answers: what stands over them, what in them, and who may write there."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from config.definition.schema import FigureSpec
from config.spoken import spell_out
from config.vocabulary import AssignmentStatus, FigureKind, Language, Standing
from sheets.answers.form import (
    BRANCH,
    CAMPAIGN,
    DONE,
    FIGURE,
    HELD,
    KEY,
    MARK,
    NOTE,
    NOTED,
    REOPENED,
    SEEN,
    STOOD,
    TASK,
    TITLE,
    AnswerForm,
    FormRow,
    FormSheet,
)
from sheets.answers.keys import key_of
from sheets.answers.limits import limits_of
from sheets.answers.words import Word
from sheets.styles import AMOUNT, DAY, TEXT, WHOLE, Look
from sheets.widths import fitting
from sheets.workbooks import Value

Cell = tuple[Value, Look, str]
"""A value, its look, and how it is shown."""
SHOWN_AS = {FigureKind.COUNT: WHOLE, FigureKind.AMOUNT: AMOUNT}

_STANDING_LOOKS = {Standing.DONE: Look.SETTLED, Standing.WAIVED: Look.NOT_ASKED, Standing.OVERDUE: Look.LATE}
_FIGURE_WIDTHS = (13, 24)


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `mark` is what it is found by when the sheet comes back."""

    mark: str
    header: str
    width: float
    cell: Callable[[FormRow], Cell]
    is_hidden: bool = False
    figure: FigureSpec | None = None


def columns_of(form: AnswerForm, sheet: FormSheet, language: Language) -> tuple[Column, ...]:
    """Return the columns of a sheet in their order: whose work, which, the answer, and what is for checking."""
    return (
        Column(f"{MARK}.unit", Word.UNIT.of(language), 13, _text(lambda row: row.unit_name)),
        Column(BRANCH, Word.BRANCH.of(language), 14, _text(lambda row: row.branch)),
        Column(f"{MARK}.name", Word.BRANCH_NAME.of(language), 32, _text(lambda row: row.branch_name)),
        Column(TITLE, Word.TASK.of(language), 26, _text(lambda row: _title(row, language))),
        Column(f"{MARK}.last_day", Word.LAST_DAY.of(language), 12, lambda row: (row.last_day, Look.CENTER, DAY)),
        Column(f"{MARK}.standing", Word.STATUS.of(language), 10, _standing(language)),
        Column(DONE, Word.DONE.of(language), 11, _done(language)),
        *(_figure(figure, language) for figure in sheet.figures),
        Column(NOTE, Word.NOTE.of(language), 32, _note),
        _hidden(CAMPAIGN, lambda _: form.campaign),
        _hidden(TASK, lambda row: row.task),
        _hidden(STOOD, lambda row: row.status.value),
        _hidden(SEEN, lambda row: row.seen),
        _hidden(REOPENED, lambda row: str(row.reopened)),
        _hidden(HELD, _held),
        _hidden(NOTED, _noted),
        _hidden(KEY, lambda row: _key(form, row, language)),
    )


def _text(value: Callable[[FormRow], str]) -> Callable[[FormRow], Cell]:
    return lambda row: (value(row), Look.TEXT, TEXT)


def _hidden(mark: str, value: Callable[[FormRow], str]) -> Column:
    return Column(mark, mark, 12, _text(value), is_hidden=True)


def _title(row: FormRow, language: Language) -> str:
    return row.title.of(language) + (Word.EVIDENCE.of(language) if row.needs_evidence else "")


def _held(row: FormRow) -> str:
    return " ".join(f"{code}={Decimal(value):f}" for code, value in row.held.items())


def _noted(row: FormRow) -> str:
    return key_of(row.note or "")


def _key(form: AnswerForm, row: FormRow, language: Language) -> str:
    named = (form.campaign, row.branch, _title(row, language), row.task)
    return key_of(*named, row.status, row.seen, str(row.reopened), _noted(row), _held(row))


def _standing(language: Language) -> Callable[[FormRow], Cell]:
    return lambda row: (spell_out(row.standing, language), _STANDING_LOOKS.get(row.standing, Look.CENTER), TEXT)


def _done(language: Language) -> Callable[[FormRow], Cell]:
    def cell(row: FormRow) -> Cell:
        match row.status:
            case AssignmentStatus.OPEN:
                return Word.NO.of(language), Look.ANSWER_CENTER, TEXT
            case AssignmentStatus.DONE:
                return Word.YES.of(language), Look.SETTLED, TEXT
            case AssignmentStatus.WAIVED:
                return Word.NO.of(language), Look.NOT_ASKED, TEXT

    return cell


def _figure(figure: FigureSpec, language: Language) -> Column:
    """Make the column of a figure; a task that asks for it within other limits has a column of its own."""
    shown_as = SHOWN_AS[figure.kind]

    def cell(row: FormRow) -> Cell:
        if figure not in row.asked:
            return Word.NOT_ASKED.of(language), Look.NOT_ASKED, TEXT
        value = row.held.get(figure.code)
        return value, Look.ANSWER if row.status is AssignmentStatus.OPEN else Look.NUMBER, shown_as

    header = f"{figure.title.of(language)}\n{limits_of(figure, language)}"
    return Column(FIGURE + figure.code, header, fitting(header, *_FIGURE_WIDTHS), cell, figure=figure)


def _note(row: FormRow) -> Cell:
    return row.note, Look.ANSWER_WORDS if row.status is AssignmentStatus.OPEN else Look.TEXT, TEXT
