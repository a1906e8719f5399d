"""What a workbook of answers is made of, and how its columns are marked so that they are found again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from config.definition.schema import FigureSpec
from config.definition.text import Text
from config.vocabulary import AssignmentStatus, Language, Standing
from sheets.answers.words import Word

MARK = "rollcall"
"""What the marks of columns begin with: they stand in a hidden row above the header."""
BRANCH, TASK, DONE, NOTE = f"{MARK}.branch", f"{MARK}.task", f"{MARK}.done", f"{MARK}.note"
CAMPAIGN, TITLE, KEY = f"{MARK}.campaign", f"{MARK}.title", f"{MARK}.key"
STOOD, SEEN, REOPENED = f"{MARK}.stood", f"{MARK}.seen", f"{MARK}.reopened"
HELD, NOTED = f"{MARK}.held", f"{MARK}.noted"
FIGURE = f"{MARK}.figure."
ABOUT = f"{MARK}.about"
"""Stands in the sheet that says how the others are filled in."""
NEEDED = (BRANCH, TITLE, TASK, DONE, CAMPAIGN, STOOD, SEEN, REOPENED, HELD, NOTED, KEY)
"""Without one of these columns a sheet is none of answers."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """A task of a branch, as it stands: `seen` is its fingerprint, `reopened` how often it was opened again.

    `figures` is what was answered already, `proposed` what an open task may be answered with.
    """

    branch: str
    branch_name: str
    unit_name: str
    task: str
    title: Text
    needs_evidence: bool
    asked: tuple[FigureSpec, ...]
    last_day: date
    status: AssignmentStatus
    standing: Standing
    figures: Mapping[str, int | Decimal]
    proposed: Mapping[str, int | Decimal]
    note: str | None
    seen: str
    reopened: int

    @property
    def held(self) -> Mapping[str, int | Decimal]:
        """The figures that stand in the row when it is made."""
        return self.proposed if self.status is AssignmentStatus.OPEN else self.figures


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A window: one stage for one wave; `rows` are to be read once. `wave` is None where the stage has one alone."""

    stage: str
    title: Text
    wave: str | None
    first_day: date
    last_day: date
    figures: tuple[FigureSpec, ...]
    rows: Iterator[FormRow]


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """A workbook for a unit or an officer, by what they are called, or for all that its maker sees without `about`.

    `made_at` is as the clock in the campaign's zone shows it.
    """

    campaign: str
    title: Text
    about: Text | None
    made_at: datetime
    sheets: tuple[FormSheet, ...]

    def about_in(self, language: Language) -> str:
        """Say in a language whom it is for."""
        return self.about.of(language) if self.about else Word.EVERYTHING.of(language)
