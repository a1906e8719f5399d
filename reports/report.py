"""What the report of a campaign says, as plain values: numbers bring the SQL along that they came from.

Every `source` is SQL that gives one row: the number, or the numbers of a row by the names that stand with it.
"""

from dataclasses import dataclass
from datetime import date

from config.definition.text import Text
from config.vocabulary import ExemplarCategory, Measure, UnitLevel, WindowStatus
from reports.asked import Asked
from reports.work import Afterwards, WorkTable
from rules.gates import Blocker
from rules.progress import Tally


@dataclass(frozen=True, slots=True)
class FigureRow:
    """What a measure came to."""

    measure: Measure
    value: int
    source: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """What the measures of a table came to in one part of the tree, in the table's order, each with its source."""

    name: str
    values: tuple[int, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitTable:
    """Measures by the parts of the tree, and what each came to in all of it, with the sources of that."""

    measures: tuple[Measure, ...]
    rows: tuple[UnitRow, ...]
    totals: tuple[int, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """The problems of a part of the tree, or of a category; `name` is None for those without one.

    `source` gives `found` and `solved`.
    """

    name: str | None
    found: int
    solved: int
    source: str

    @property
    def still_open(self) -> int:
        """How many are not solved."""
        return self.found - self.solved

    @property
    def share(self) -> float | None:
        """The share solved; None where none was found."""
        return self.solved / self.found if self.found else None


@dataclass(frozen=True, slots=True)
class ProblemTable:
    """Problems found up to the last day of the report, and what of them was solved by then."""

    rows: tuple[ProblemRow, ...]
    total: ProblemRow


@dataclass(frozen=True, slots=True)
class ExemplarRow:
    """An exemplar, and how it was made known."""

    unit: str
    branch: str
    name: str
    level: UnitLevel
    category: ExemplarCategory
    story_published: bool
    told_on_tour: bool
    shown_on_site: bool


@dataclass(frozen=True, slots=True)
class Exemplars:
    """The exemplars of the days asked for; `source` counts them."""

    rows: tuple[ExemplarRow, ...]
    source: str


@dataclass(frozen=True, slots=True)
class OpenProblemRow:
    """A problem that is not solved; `last_day` is the last day on which it is in time."""

    number: int
    unit: str
    branch: str
    title: str
    category: str | None
    owner: str | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class OpenProblems:
    """The problems not solved by the end of the days asked for, those due first in front; `source` counts them."""

    rows: tuple[OpenProblemRow, ...]
    source: str


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage for one wave; `closed_on` is the last day on which it was open, None while it has not closed.

    `source` gives what a Tally counts, by its names, and `gate_source` what the gate said.
    """

    stage: Text
    wave: Text
    status: WindowStatus
    first_day: date
    last_day: date
    closed_on: date | None
    tally: Tally
    blockers: tuple[Blocker, ...]
    source: str
    gate_source: str


@dataclass(frozen=True, slots=True)
class OverrideRow:
    """A window that was let go over its gate."""

    stage: Text
    wave: Text
    on: date
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the report of a campaign says.

    `unit` names the part of the tree that it is about, None where that is all of it. `since` and `until` are the
    days that its figures are of, both included; None is from the beginning, and to the end. `first_day` and
    `last_day` are the campaign's. `afterwards` is what came after the end, None while the campaign runs. All days are
    local to it.
    """

    title: Text
    note: Text | None
    unit: str | None
    since: date | None
    until: date | None
    first_day: date
    last_day: date
    written_on: date
    figures: tuple[FigureRow, ...]
    tables: tuple[UnitTable, ...]
    asked: Asked
    problems_by_unit: ProblemTable
    problems_by_category: ProblemTable
    open_problems: OpenProblems
    exemplars: Exemplars
    stages: tuple[StageRow, ...]
    work_by_unit: WorkTable
    afterwards: Afterwards | None
    overrides: tuple[OverrideRow, ...]

    @property
    def as_of(self) -> date:
        """The day on which work stood as it is told."""
        return self.afterwards.ended_on if self.afterwards else self.written_on
