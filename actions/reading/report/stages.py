"""The stages of a campaign as a report tells of them, and the gates that somebody let go."""

from actions.reading.overview.counts import read_counts
from actions.reading.overview.ground import Ground
from actions.reading.overview.windows import read_enrolled, window_states
from reports.report import OverrideRow, StageRow
from rules.deadlines import local_day


def read_stages(ground: Ground) -> tuple[StageRow, ...]:
    """Read the windows of the branches that are looked at."""
    states = window_states(ground, read_counts(ground, by_part=False), read_enrolled(ground))
    return tuple(
        StageRow(
            stage=state.title,
            wave=state.wave,
            status=state.status,
            first_day=state.days.first,
            last_day=state.days.last,
            closed_on=state.closed_on,
            tally=state.tally,
            blockers=state.blockers,
        )
        for state in states
    )


def read_overrides(ground: Ground) -> tuple[OverrideRow, ...]:
    """Read which windows were let go over their gates; they concern all branches, wherever one looks from."""
    definition, zone = ground.rulebook.definition, ground.rulebook.zone
    return tuple(
        OverrideRow(
            stage=definition.stage(place.stage.code).title,
            wave=place.wave.code,
            on=local_day(place.window.overridden_at, zone),
            by=place.window.overridden_by or "",
            reason=place.window.override_reason or "",
        )
        for place in ground.places
        if place.window.overridden_at
    )
