"""The progress of a campaign in figures alone, for programs."""

from dataclasses import dataclass
from datetime import datetime

from actions.house import House
from actions.reading.overview.counts import read_counts, tally_of
from actions.reading.overview.ground import open_ground
from actions.reading.overview.units import PartState, part_states
from actions.reading.overview.windows import WindowState, read_enrolled, window_states
from models.database import snapshot
from models.queries import find_unit
from models.scope import EVERYTHING, Scope
from rules.progress import Tally


@dataclass(frozen=True, slots=True)
class Progress:
    """What is done in a unit and all below it, None where that is all that the scope reaches.

    `parts` are the units right below; one of them may be the unit itself, for the branches of its own.
    """

    campaign: str
    at: datetime
    unit: str | None
    unit_name: str | None
    branches: int
    tally: Tally
    windows: tuple[WindowState, ...]
    parts: tuple[PartState, ...]


def read_progress(
    house: House, campaign: str, *, now: datetime, unit: str | None = None, scope: Scope = EVERYTHING
) -> Progress:
    """Read the progress of a campaign from the counters; Unknown for a campaign or a unit that is not inside."""
    with snapshot(house.engine) as session:
        ground = open_ground(session, house, campaign, scope, now=now)
        if unit is not None:
            ground = ground.seen_from(find_unit(session, unit, scope))
        counts, enrolled = read_counts(ground), read_enrolled(ground)
        return Progress(
            campaign=campaign,
            at=now,
            unit=ground.unit.code if ground.unit else None,
            unit_name=ground.unit.name if ground.unit else None,
            branches=sum(enrolled.values()),
            tally=tally_of(ground, counts),
            windows=window_states(ground, counts, enrolled),
            parts=part_states(ground, counts),
        )
