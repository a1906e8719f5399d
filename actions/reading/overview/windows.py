"""The stages on their days: as they were planned at the launch, and as they came."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from actions.close_window import read_blockers
from actions.reading.overview.counts import Count, tally_of
from actions.reading.overview.ground import Ground
from config.definition.gates import GateSpec
from config.definition.text import Text
from config.vocabulary import WindowStatus
from models.branch import Branch
from models.campaign import TAKES_PART, Enrolment
from models.queries import WindowPlace
from rules.deadlines import WindowDays, last_allowed_day, local_day
from rules.gates import Blocker
from rules.progress import Tally
from rules.schedule import plan_windows


@dataclass(frozen=True, slots=True)
class WindowState:
    """One stage for one wave, with what is done in the part of the tree that is looked at.

    `planned` are the days that it had at the launch, `days` those that it has now, which are a forecast while
    `is_forecast`. `closed_on` is the last day on which it was open. `blockers` are what its gate said at the last
    try, of all its branches, and empty for whoever does not see them all. `waits_for_approval` tells that its
    `gate` asks for one and has none.
    """

    stage: str
    title: Text
    wave: str
    wave_name: Text
    status: WindowStatus
    planned: WindowDays
    days: WindowDays
    is_forecast: bool
    opened_on: date | None
    closed_on: date | None
    tally: Tally
    blockers: tuple[Blocker, ...]
    gate: GateSpec
    waits_for_approval: bool

    @property
    def label(self) -> str:
        """Name the window the way people do: `study/pilot`."""
        return f"{self.stage}/{self.wave}"


def read_enrolled(ground: Ground) -> Mapping[int, int]:
    """Count by wave the branches that are looked at and take part."""
    return _by_wave(ground, TAKES_PART)


def count_left(ground: Ground) -> int:
    """Count the branches that are looked at and have left."""
    return sum(_by_wave(ground, ~TAKES_PART).values())


def window_states(ground: Ground, counts: Sequence[Count], enrolled: Mapping[int, int]) -> tuple[WindowState, ...]:
    """Put the windows together of the waves that have a branch here."""
    definition = ground.rulebook.definition
    planned = {(plan.stage, plan.wave): plan.days for plan in plan_windows(definition, ground.rulebook.calendar)}
    by_window: defaultdict[int, list[Count]] = defaultdict(list)
    for count in counts:
        by_window[count.window_id].append(count)
    return tuple(
        _state(ground, place, planned[place.stage.code, place.wave.code], tally_of(ground, by_window[place.window.id]))
        for place in ground.places
        if enrolled.get(place.wave.id) or by_window[place.window.id]
    )


def _by_wave(ground: Ground, condition: ColumnElement[bool]) -> Mapping[int, int]:
    waves = {place.wave.id for place in ground.places}
    query = select(col(Enrolment.wave_id), func.count()).where(col(Enrolment.wave_id).in_(waves), condition)
    if not ground.is_whole:
        query = query.join(Branch, col(Branch.id) == Enrolment.branch_id).where(ground.branches)
    rows = ground.session.execute(query.group_by(col(Enrolment.wave_id))).tuples()
    return {wave: int(branches) for wave, branches in rows}


def _state(ground: Ground, place: WindowPlace, planned: WindowDays, tally: Tally) -> WindowState:
    window, zone = place.window, ground.rulebook.zone
    stage = ground.rulebook.definition.stage(place.stage.code)
    return WindowState(
        stage=stage.code,
        title=stage.title,
        wave=place.wave.code,
        wave_name=ground.rulebook.definition.wave(place.wave.code).name,
        status=window.status,
        planned=planned,
        days=WindowDays(window.first_day, window.last_day),
        is_forecast=window.awaits_id is not None,
        opened_on=local_day(window.opened_at, zone) if window.opened_at else None,
        closed_on=last_allowed_day(window.closed_at, zone) if window.closed_at else None,
        tally=tally,
        blockers=read_blockers(window) if ground.scope.is_everything else (),
        gate=stage.gate,
        waits_for_approval=stage.gate.approval and window.approved_at is None,
    )
