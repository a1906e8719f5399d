"""Pass a return on: the figures of a stage, summed over a unit and all below it, are frozen as a version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update
from sqlmodel import Session

from actions.events import event_row, record
from actions.house import House
from actions.returns.checking import find_faults
from actions.returns.making import Making, Steps, lock_answers, making_of
from actions.returns.place import ReturnPlace, check_open, find_return_place, one_at_a_time
from actions.returns.resting import rest_below
from actions.returns.versions import figures_of, latest_from
from actions.rulebook import Rulebook, open_rulebook
from config.errors import Refusal
from config.said import Said
from config.vocabulary import EventKind
from models.database import transaction
from models.dialects import table_of
from models.returned import ReturnFigure, ReturnPart, UnitReturn
from models.scope import EVERYTHING, Scope
from rules.consistency import Numbers
from rules.deadlines import local_day


@dataclass(frozen=True, slots=True)
class PassedOn:
    """The version of a return that stands now; `is_new` tells whether this call made it."""

    stage: str
    unit: str
    version: int
    figures: Numbers
    is_new: bool


def pass_on(
    house: House,
    campaign: str,
    stage: str,
    unit: str,
    *,
    actor: str,
    now: datetime,
    incomplete: bool = False,
    reason: str | None = None,
    scope: Scope = EVERYTHING,
) -> PassedOn:
    """Pass on what the branches of a unit answered together with the latest returns of the units right below.

    From then on these answers stay as they are, until the return is corrected, and nobody is reminded of what is
    missing. Whoever is missing is named and it is
    refused, unless it is to go on `incomplete`, with a reason; a figure that fell is then let through too. After a
    correction this makes the next version, for the reason of the correction where no other is given. What stands
    already is left as it is: a repetition is harmless. Raises Refusal for a stage that does not repeat or is not open
    yet, for sums that break a rule, and while the return of a unit above holds this one fast.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        place = find_return_place(session, rulebook, stage, unit, scope)
        one_at_a_time(session, place.stage)
        lock_answers(session, place, incomplete=incomplete)
        check_open(session, place)
        latest = _latest(session, rulebook, place)
        if latest is not None and latest.outdated_at is None:
            return _passed_on(place, latest.version, figures_of(session, [latest.id])[latest.id], is_new=False)
        making = making_of(session, place)
        _check_whole(place, making, incomplete=incomplete, reason=reason)
        _check_rules(session, rulebook, place, making.figures, incomplete=incomplete)
        return _write(session, rulebook, place, making, latest, actor=actor, now=now, reason=reason)


def _passed_on(place: ReturnPlace, version: int, figures: Steps, *, is_new: bool) -> PassedOn:
    return PassedOn(place.stage.code, place.unit.code, version, place.numbers(figures), is_new)


def _latest(session: Session, rulebook: Rulebook, place: ReturnPlace) -> UnitReturn | None:
    """Return the unit's latest version; Refusal where one above it holds fast what this one would change."""
    there = latest_from(session, place.stage.id, place.unit.path)
    own = next((found for found, unit in there if unit.id == place.unit.id), None)
    holding = [(found, unit) for found, unit in there if found.outdated_at is None]
    if not holding or (own is not None and own.outdated_at is None):
        return own
    found, unit = holding[0]
    raise Refusal(
        "{unit}: {above} passed {stage} on, on {day} by {who}; its return has to be corrected first",
        hint=Said("see `rollcall return correct`"),
        unit=place.unit.name,
        above=unit.name,
        stage=place.stage_titled,
        day=local_day(found.passed_at, rulebook.zone),
        who=found.passed_by,
    )


def _check_whole(place: ReturnPlace, making: Making, *, incomplete: bool, reason: str | None) -> None:
    if not making.has_work:
        raise Refusal(
            "{unit}: nobody below it has work in {stage}",
            unit=place.unit.name,
            stage=place.stage_titled,
        )
    if incomplete and reason is None:
        raise Refusal("a return that goes on incomplete needs a reason")
    if making.count_missing and not incomplete:
        raise Refusal(
            "{unit}: {count} are missing in {stage}: {names}",
            hint=Said("wait for them, or pass it on with --incomplete and a --reason"),
            unit=place.unit.name,
            count=making.count_missing,
            stage=place.stage_titled,
            names=making.who_is_missing,
        )


def _check_rules(session: Session, rulebook: Rulebook, place: ReturnPlace, figures: Steps, *, incomplete: bool) -> None:
    for code, why in find_faults(session, rulebook, place, figures, incomplete=incomplete):
        raise Refusal("{unit}: {figure}: {why}", unit=place.unit.name, figure=code, why=why)


def _write(
    session: Session,
    rulebook: Rulebook,
    place: ReturnPlace,
    making: Making,
    latest: UnitReturn | None,
    *,
    actor: str,
    now: datetime,
    reason: str | None,
) -> PassedOn:
    if latest is not None:
        table = table_of(UnitReturn)
        session.execute(update(table).where(table.c.id == latest.id).values(replaced_at=now))
    version = UnitReturn(
        stage_id=place.stage.id,
        unit_id=place.unit.id,
        version=latest.version + 1 if latest else 1,
        missing=making.count_missing,
        passed_at=now,
        passed_by=actor,
        reason=reason or (latest.outdated_reason if latest else None),
    )
    session.add(version)
    session.flush()
    _keep(session, version.id, making)
    if making.count_missing:
        rest_below(session, place.stage, place.unit, actor=actor, now=now)
    passed = _passed_on(place, version.version, making.figures, is_new=True)
    record(
        session,
        event_row(
            EventKind.RETURN_PASSED_ON,
            place.label,
            at=now,
            actor=actor,
            campaign_id=rulebook.campaign_id,
            after=_facts(version, making.figures),
            reason=version.reason,
        ),
    )
    return passed


def _keep(session: Session, return_id: int, making: Making) -> None:
    figures = [{"return_id": return_id, "code": code, "value": value} for code, value in making.figures.items()]
    parts = [
        {"return_id": return_id, "part_id": part.latest.id}
        for part in making.parts
        if part.latest is not None and not part.is_missing
    ]
    if figures:
        session.execute(insert(table_of(ReturnFigure)), figures)
    if parts:
        session.execute(insert(table_of(ReturnPart)), parts)


def _facts(version: UnitReturn, figures: Steps) -> Mapping[str, object]:
    return {"version": version.version, "missing": version.missing, "figures": figures}
