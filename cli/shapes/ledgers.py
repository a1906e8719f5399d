"""The JSON of ledgers: entries, figures, targets and prospects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from config.vocabulary import LedgerCode, Measure


@dataclass(frozen=True, slots=True)
class EntryNumberShape:
    """What `ledger add` prints."""

    ledger: LedgerCode
    number: int


@dataclass(frozen=True, slots=True)
class VisitNumberShape:
    """What `ledger visit` prints."""

    visit: int
    problem: int | None


@dataclass(frozen=True, slots=True)
class EntryShape:
    """A line of `ledger list`; `entry` has the columns of the ledger."""

    number: int
    entry: Mapping[str, object]
    unit: str
    recorded_at: datetime
    recorded_by: str
    changed_at: datetime | None
    changed_by: str | None
    struck: bool
    problem: int | None
    task: str | None


@dataclass(frozen=True, slots=True)
class FigureShape:
    """A line of `ledger figures`; `source` is the query that it comes from."""

    measure: Measure
    value: int
    source: str


@dataclass(frozen=True, slots=True)
class TargetShape:
    """A line of `ledger targets`."""

    number: int
    unit: str
    measure: Measure
    wanted: int
    reached: int
    met: bool
    late: bool
    person: str
    due: date


@dataclass(frozen=True, slots=True)
class ProspectShape:
    """A line of `ledger prospects`."""

    number: int
    unit: str
    enterprise: str
    employees: int
    full_members: int
    first: bool
    officer: str | None


@dataclass(frozen=True, slots=True)
class UnitCoverageShape:
    """A part of `ledger coverage`; the share is of enterprises, null where there is none."""

    unit: str
    enterprises: int
    enterprises_with_members: int
    organisations: int
    share: float | None


@dataclass(frozen=True, slots=True)
class CoverageDisagreementShape:
    """A number that a unit gave for itself with all below it, and what those below come to, which counts."""

    number: int
    unit: str
    column: str
    said: int
    below: int


@dataclass(frozen=True, slots=True)
class CoverageShape:
    """What `ledger coverage` prints."""

    parts: tuple[UnitCoverageShape, ...]
    disagreements: tuple[CoverageDisagreementShape, ...]
