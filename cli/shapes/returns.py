"""The JSON of returns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from config.vocabulary import FigureOrigin, Measure, ReturnStatus

PlainFigures = Mapping[str, int | float]


@dataclass(frozen=True, slots=True)
class PartShape:
    """What one part of a return brings; the unit itself stands for its own branches."""

    unit: str
    name: str
    status: ReturnStatus
    version: int | None
    figures: PlainFigures


@dataclass(frozen=True, slots=True)
class VersionShape:
    """One version of a return."""

    version: int
    missing: int
    passed_at: datetime
    passed_by: str
    reason: str | None
    outdated_at: datetime | None
    outdated_by: str | None
    outdated_reason: str | None
    replaced_at: datetime | None
    figures: PlainFigures


@dataclass(frozen=True, slots=True)
class MissingShape:
    """A piece of work that a return waits for."""

    branch: str
    name: str
    task: str


@dataclass(frozen=True, slots=True)
class ReturnShape:
    """What `return show` prints; `version` is the one whose figures these are, null for what would go on now."""

    stage: str
    unit: str
    name: str
    since: date
    until: date
    status: ReturnStatus
    version: int | None
    figures: PlainFigures
    before: PlainFigures
    recorded: PlainFigures
    parts: tuple[PartShape, ...]
    missing: tuple[MissingShape, ...]
    versions: tuple[VersionShape, ...]
    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReturnLineShape:
    """A line of `return list`; `missing` counts the open work of the unit's own branches."""

    unit: str
    name: str
    status: ReturnStatus
    missing: int
    version: int | None
    passed_at: datetime | None
    passed_by: str | None


@dataclass(frozen=True, slots=True)
class PassedOnShape:
    """What `return pass-on` prints; `new` tells whether this call made the version."""

    stage: str
    unit: str
    version: int
    new: bool
    figures: PlainFigures


@dataclass(frozen=True, slots=True)
class CorrectedShape:
    """What `return correct` prints: the units that have to pass on again, from the lowest up."""

    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuggestionShape:
    """A line of `return propose`."""

    stage: str
    task: str
    figure: str
    value: int | float
    source: FigureOrigin | Measure


def plain_number(value: int | Decimal) -> int | float:
    """Return a figure as a number of JSON."""
    return value if isinstance(value, int) else float(value)


def plain_figures(figures: Mapping[str, int | Decimal]) -> PlainFigures:
    """Return figures as numbers of JSON."""
    return {code: plain_number(value) for code, value in figures.items()}
