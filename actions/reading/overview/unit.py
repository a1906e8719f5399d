"""A unit in a campaign: what is below it, one level at a time."""

from dataclasses import dataclass
from datetime import date, datetime

from actions.house import House
from actions.reading.overview.counts import read_counts, tally_of
from actions.reading.overview.ground import open_ground
from actions.reading.overview.units import BranchState, Crumb, PartState, part_states, read_branches, read_crumbs
from actions.reading.overview.windows import count_left, read_enrolled
from config.definition.text import Text
from config.vocabulary import UnitLevel
from models.database import snapshot
from models.queries import find_unit
from models.scope import EVERYTHING, Scope
from rules.progress import Tally


@dataclass(frozen=True, slots=True)
class UnitOverview:
    """A unit with all below it; `own` are branches that hang on it directly, `has_more` tells of further ones."""

    campaign: str
    title: Text
    today: date
    unit: str
    name: str
    level: UnitLevel
    crumbs: tuple[Crumb, ...]
    branches: int
    left: int
    tally: Tally
    stages: tuple[tuple[str, Text], ...]
    parts: tuple[PartState, ...]
    own: tuple[BranchState, ...]
    has_more: bool


def read_unit(
    house: House, campaign: str, unit: str, *, now: datetime, limit: int, offset: int = 0, scope: Scope = EVERYTHING
) -> UnitOverview:
    """Read how a unit stands in a campaign, with at most `limit` branches of its own; Unknown outside the scope."""
    with snapshot(house.engine) as session:
        place = find_unit(session, unit, scope)
        ground = open_ground(session, house, campaign, scope, now=now).seen_from(place)
        counts, definition = read_counts(ground), ground.rulebook.definition
        own = read_branches(ground, limit=limit + 1, offset=offset)
        return UnitOverview(
            campaign=campaign,
            title=definition.title,
            today=ground.today,
            unit=place.code,
            name=place.name,
            level=place.level,
            crumbs=read_crumbs(ground),
            branches=sum(read_enrolled(ground).values()),
            left=count_left(ground),
            tally=tally_of(ground, counts),
            stages=tuple((stage.code, stage.title) for stage in definition.stages),
            parts=tuple(part for part in part_states(ground, counts) if not part.part.is_own),
            own=own[:limit],
            has_more=len(own) > limit,
        )
