"""The summary of a campaign, as plain values, and the Markdown report made of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from config.definition.text import Text
from config.vocabulary import FigureKind, Language, WindowStatus
from notifications.writing.rendering import render
from rules.gates import Blocker
from rules.progress import Tally


@dataclass(frozen=True, slots=True)
class WindowSummary:
    """One stage for one wave; the blockers are those on record when it closed, or hold it still.

    Days are local to the campaign. `last_day` is the planned one, `closed_on` the day on which it really
    closed, None while it has not.
    """

    stage: Text
    wave: Text
    status: WindowStatus
    first_day: date
    last_day: date
    closed_on: date | None
    tally: Tally
    blockers: tuple[Blocker, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureTotal:
    """The sum of one figure over all answers to a task."""

    stage: Text
    task: Text
    title: Text
    kind: FigureKind
    value: int | Decimal


@dataclass(frozen=True, slots=True)
class UnitSummary:
    """One unit with the branches of its own."""

    name: str
    branches: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class Override:
    """A window that was closed over its gate; `gate` names it as `stage/wave`."""

    gate: str
    on: date
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class NoticeTotals:
    """What became of the notices."""

    sent: int = 0
    cancelled: int = 0
    held: int = 0
    dead: int = 0


@dataclass(frozen=True, slots=True)
class CampaignSummary:
    """Everything the report at the end of a campaign says.

    `first_day` and `last_day` are the campaign's, `written_on` is the day of the report; all local days.
    """

    title: Text
    first_day: date
    last_day: date
    written_on: date
    branches: int
    members: int
    windows: tuple[WindowSummary, ...]
    figures: tuple[FigureTotal, ...]
    units: tuple[UnitSummary, ...]
    problems_found: int
    problems_solved: int
    notices: NoticeTotals
    overrides: tuple[Override, ...] = ()

    @property
    def total(self) -> Tally:
        """All assignments of the campaign."""
        return sum((window.tally for window in self.windows), Tally())

    @property
    def share_solved(self) -> float | None:
        """The share of problems solved; None when none was found."""
        return self.problems_solved / self.problems_found if self.problems_found else None

    @property
    def reasons(self) -> tuple[WindowSummary, ...]:
        """The windows whose gate was not met."""
        return tuple(window for window in self.windows if window.blockers)


def render_summary(summary: CampaignSummary, language: Language) -> str:
    """Write the report as Markdown."""
    return render("summary.md.j2", language, {"summary": summary})
