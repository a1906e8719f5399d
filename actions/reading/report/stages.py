"""The stages of a campaign as a report tells of them, and the gates that somebody let go."""

from collections.abc import Set as AbstractSet

from sqlalchemy import select
from sqlmodel import col

from actions.close_window import read_blockers
from actions.measures.taking_part import branches_taking_part, is_over
from actions.measures.work_done import CountedWork, counted_work_of
from actions.reading.measures import as_sql
from actions.reading.overview.counts import inside
from actions.reading.overview.ground import Ground
from actions.reading.report.work import tallied
from models.campaign import Enrolment
from models.dialects import table_of
from models.queries import WindowPlace, below
from models.unit import Unit
from models.window import Window
from reports.report import OverrideRow, StageRow
from rules.deadlines import last_allowed_day, local_day
from rules.progress import Tally


def read_stages(ground: Ground) -> tuple[StageRow, ...]:
    """Read the windows of the waves that have a branch here, and how their work stands, or stood at the end."""
    waves, work = _waves(ground), counted_work_of(ground.rulebook.campaign, ground.now)
    rows = ((place, _row(ground, work, place)) for place in ground.places)
    return tuple(row for place, row in rows if place.wave.id in waves or row.tally.total)


def read_overrides(ground: Ground) -> tuple[OverrideRow, ...]:
    """Read which windows were let go over their gates; they concern all branches, wherever one looks from."""
    definition, zone = ground.rulebook.definition, ground.rulebook.zone
    return tuple(
        OverrideRow(
            stage=definition.stage(place.stage.code).title,
            wave=definition.wave(place.wave.code).name,
            on=local_day(place.window.overridden_at, zone),
            by=place.window.overridden_by or "",
            reason=place.window.override_reason or "",
        )
        for place in ground.places
        if place.window.overridden_at
    )


def _row(ground: Ground, work: CountedWork, place: WindowPlace) -> StageRow:
    window, definition = place.window, ground.rulebook.definition
    counted = tallied(work).where(col(work.counters.window_id) == window.id, *inside(ground, table_of(work.counters)))
    gate = select(col(Window.blockers)).where(col(Window.id) == window.id)
    return StageRow(
        stage=definition.stage(place.stage.code).title,
        wave=definition.wave(place.wave.code).name,
        status=window.status,
        first_day=window.first_day,
        last_day=window.last_day,
        closed_on=last_allowed_day(window.closed_at, ground.rulebook.zone) if window.closed_at else None,
        tally=Tally(*map(int, ground.session.execute(counted).one())),
        blockers=read_blockers(window) if ground.scope.is_everything else (),
        source=as_sql(ground.session, counted),
        gate_source=as_sql(ground.session, gate),
    )


def _waves(ground: Ground) -> AbstractSet[int]:
    """Read the waves that have a branch among those looked at, which is where it was when the campaign ended."""
    campaign = ground.rulebook.campaign
    there = branches_taking_part(campaign.id, is_over=is_over(campaign)).add_columns(col(Enrolment.wave_id)).subquery()
    query = select(there.c.wave_id).distinct()
    if not ground.is_whole and ground.unit is not None:
        query = query.where(there.c.unit_id.in_(select(col(Unit.id)).where(below(ground.unit))))
    return {*ground.session.scalars(query)}
