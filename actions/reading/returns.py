"""Read returns: what a unit has passed on, or would, what that is made of, and who is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.assignments.figures import in_units
from actions.house import House
from actions.reading.recorded import measured
from actions.returns.checking import find_faults
from actions.returns.making import Making, MissingWork, Steps, added_up, making_of
from actions.returns.place import ReturnPlace, find_return_place
from actions.returns.versions import figures_of, figures_passed_before
from actions.rulebook import Rulebook, open_rulebook
from config.definition.figures import FigureSpec
from config.definition.repeating import PeriodSpec
from config.definition.text import Text
from config.errors import Unknown
from config.said import Said
from config.vocabulary import Measure, ReturnStatus
from models.database import snapshot
from models.returned import ReturnPart, UnitReturn
from models.scope import EVERYTHING, Scope
from models.unit import Unit
from rules.consistency import Numbers


@dataclass(frozen=True, slots=True)
class VersionState:
    """One version as it was passed on; `replaced_at` is when the next one took its place."""

    version: int
    missing: int
    passed_at: datetime
    passed_by: str
    reason: str | None
    outdated_at: datetime | None
    outdated_by: str | None
    outdated_reason: str | None
    replaced_at: datetime | None
    figures: Numbers


@dataclass(frozen=True, slots=True)
class PartState:
    """What one part brings: a unit right below, or (`is_own`) the branches of the unit itself.

    `version` is the one that was added up; None for own branches, and for a unit that brings nothing yet.
    """

    unit: str
    unit_name: str
    is_own: bool
    status: ReturnStatus
    version: int | None
    figures: Numbers


@dataclass(frozen=True, slots=True)
class ReturnState:
    """The return of a unit in a stage, with the days that it speaks of; `specs` and `tasks` are those that ask.

    `shown` is the version whose figures these are; None for what would be passed on now. `before` is what the unit
    passed on for the period before, `recorded` what the ledgers say of the figures that are taken from there. `faults`
    says of figures that are yet to go on why they cannot.
    """

    campaign: str
    campaign_title: Text
    zone: ZoneInfo
    stage: str
    stage_title: Text
    period: PeriodSpec
    unit: str
    unit_name: str
    status: ReturnStatus
    shown: int | None
    specs: tuple[FigureSpec, ...]
    tasks: tuple[tuple[str, Text], ...]
    figures: Numbers
    before: Numbers
    recorded: Numbers
    parts: tuple[PartState, ...]
    missing: tuple[MissingWork, ...]
    versions: tuple[VersionState, ...]
    faults: Mapping[str, Said]


def read_return(
    house: House, campaign: str, stage: str, unit: str, *, version: int | None = None, scope: Scope = EVERYTHING
) -> ReturnState:
    """Read the return of a unit: one version, or else the one that stands, or else what would be passed on now.

    Raises Unknown for what is not there or outside the scope, Refusal for a stage that asks for no returns, and
    Forbidden to whoever sees branches alone.
    """
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        place = find_return_place(session, rulebook, stage, unit, scope)
        rows = _versions(session, place)
        figures = figures_of(session, [row.id for row in rows])
        chosen = _chosen(place, rows, version)
        making = None if chosen else making_of(session, place)
        return ReturnState(
            campaign=campaign,
            campaign_title=rulebook.definition.title,
            zone=rulebook.zone,
            stage=stage,
            stage_title=place.spec.title,
            period=place.period,
            unit=place.unit.code,
            unit_name=place.unit.name,
            status=status_of(rows[-1] if rows else None),
            shown=chosen.version if chosen else None,
            specs=tuple(place.spec.figures.values()),
            tasks=tuple((task.code, task.title) for task in place.spec.tasks if task.figures),
            figures=place.numbers(figures[chosen.id] if chosen else making.figures if making else {}),
            before=_before(session, rulebook, place),
            recorded=_recorded(session, rulebook, place),
            parts=_parts_of(session, place, chosen, figures[chosen.id]) if chosen else _parts_now(place, making),
            missing=making.missing if making else (),
            versions=tuple(_version(place, row, figures[row.id]) for row in rows),
            faults=_faults(session, rulebook, place, making),
        )


def status_of(latest: UnitReturn | None) -> ReturnStatus:
    """Say how the return of a unit stands, by its latest version."""
    if latest is None:
        return ReturnStatus.OPEN
    return ReturnStatus.PASSED_ON if latest.outdated_at is None else ReturnStatus.OUTDATED


def _versions(session: Session, place: ReturnPlace) -> Sequence[UnitReturn]:
    query = select_rows(UnitReturn).where(UnitReturn.stage_id == place.stage.id, UnitReturn.unit_id == place.unit.id)
    return session.exec(query.order_by(col(UnitReturn.version))).all()


def _chosen(place: ReturnPlace, rows: Sequence[UnitReturn], version: int | None) -> UnitReturn | None:
    """Return the version that was asked for, or the one that stands."""
    if version is None:
        return next((row for row in rows if row.replaced_at is None and row.outdated_at is None), None)
    for row in rows:
        if row.version == version:
            return row
    raise Unknown(
        "{unit}: there is no version {version} in {stage}",
        unit=place.unit.name,
        version=version,
        stage=place.stage_titled,
    )


def _version(place: ReturnPlace, row: UnitReturn, figures: Steps) -> VersionState:
    return VersionState(
        version=row.version,
        missing=row.missing,
        passed_at=row.passed_at,
        passed_by=row.passed_by,
        reason=row.reason,
        outdated_at=row.outdated_at,
        outdated_by=row.outdated_by,
        outdated_reason=row.outdated_reason,
        replaced_at=row.replaced_at,
        figures=place.numbers(figures),
    )


def _parts_of(session: Session, place: ReturnPlace, row: UnitReturn, figures: Steps) -> tuple[PartState, ...]:
    """Read the parts that a version was made of; what they did not bring came from own branches."""
    query = (
        select_rows(UnitReturn, Unit)
        .join(ReturnPart, col(ReturnPart.part_id) == UnitReturn.id)
        .join(Unit, col(Unit.id) == UnitReturn.unit_id)
        .where(ReturnPart.return_id == row.id)
        .order_by(col(Unit.path))
    )
    found = session.exec(query).all()
    brought = figures_of(session, [part.id for part, _ in found])
    sums = added_up(brought.values())
    own = {code: value - sums.get(code, 0) for code, value in figures.items()}
    parts = (
        PartState(unit.code, unit.name, False, status_of(part), part.version, place.numbers(brought[part.id]))
        for part, unit in found
    )
    return (PartState(place.unit.code, place.unit.name, True, status_of(row), None, place.numbers(own)), *parts)


def _parts_now(place: ReturnPlace, making: Making | None) -> tuple[PartState, ...]:
    """Return the parts as they would be added up now."""
    if making is None:
        return ()
    unit = place.unit
    parts = (
        PartState(
            part.unit,
            part.unit_name,
            False,
            status_of(part.latest),
            part.latest.version if part.latest else None,
            {} if part.is_missing else place.numbers(part.figures),
        )
        for part in making.parts
    )
    return (PartState(unit.code, unit.name, True, ReturnStatus.OPEN, None, place.numbers(making.own)), *parts)


def _faults(session: Session, rulebook: Rulebook, place: ReturnPlace, making: Making | None) -> Mapping[str, Said]:
    """Say what breaks a rule; while somebody is missing nothing is held against the period before."""
    if making is None:
        return {}
    return dict(find_faults(session, rulebook, place, making.figures, incomplete=bool(making.count_missing)))


def _before(session: Session, rulebook: Rulebook, place: ReturnPlace) -> Numbers:
    follows = place.period.follows
    if follows is None:
        return {}
    specs = rulebook.definition.stage(follows).figures
    passed = figures_passed_before(session, rulebook.campaign_id, follows, place.unit.id)
    return {code: in_units(specs[code], value) for code, value in passed.items()}


def _recorded(session: Session, rulebook: Rulebook, place: ReturnPlace) -> Numbers:
    found = {
        code: measured(session, rulebook, place.period, spec.from_, place=place.unit)
        for code, spec in place.spec.figures.items()
        if isinstance(spec.from_, Measure)
    }
    return {code: value for code, value in found.items() if value is not None}
