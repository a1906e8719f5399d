"""What the report of a campaign says, as plain values: numbers bring the SQL along that they came from."""

from dataclasses import dataclass
from datetime import date

from config.definition.text import Text
from config.vocabulary import ExemplarCategory, Measure, UnitLevel, WindowStatus
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
    """What the measures of a table came to in one part of the tree, in the table's order."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UnitTable:
    """Measures by the parts of the tree, and what each came to in all of it.

    `sources` holds of each measure the SQL that gives it for every single unit.
    """

    measures: tuple[Measure, ...]
    rows: tuple[UnitRow, ...]
    totals: tuple[int, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """The problems of a part of the tree, or of a category; `name` is None for those without one."""

    name: str | None
    found: int
    solved: int

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
    source: str

    @property
    def total(self) -> ProblemRow:
        """All of them together."""
        return ProblemRow(None, sum(row.found for row in self.rows), sum(row.solved for row in self.rows))


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
class StageRow:
    """One stage for one wave; `closed_on` is the last day on which it was open, None while it has not closed."""

    stage: Text
    wave: str
    status: WindowStatus
    first_day: date
    last_day: date
    closed_on: date | None
    tally: Tally
    blockers: tuple[Blocker, ...]


@dataclass(frozen=True, slots=True)
class OverrideRow:
    """A window that was let go over its gate."""

    stage: Text
    wave: str
    on: date
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the report of a campaign says.

    `unit` names the part of the tree that it is about, None where that is all of it. `since` and `until` are the
    days that its figures are of, both included; None is from the beginning, and to the end. `first_day` and
    `last_day` are the campaign's. All days are local to it.
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
    problems_by_unit: ProblemTable
    problems_by_category: ProblemTable
    exemplars: tuple[ExemplarRow, ...]
    stages: tuple[StageRow, ...]
    overrides: tuple[OverrideRow, ...]
