"""Everything that is overdue, a page at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from actions.house import House
from actions.reading.overview.counts import read_counts
from actions.reading.overview.ground import Ground, open_ground
from actions.reading.overview.late_branches import LateBranch, late_branches
from actions.reading.overview.overdue import (
    LateOfficer,
    LateUnit,
    late_officers,
    late_units,
    where_most_is_overdue,
)
from config.definition.text import Text
from models.database import snapshot
from models.queries import find_unit
from models.scope import EVERYTHING, Scope

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class LatePage(Generic[Row]):
    """A page of what is overdue in a campaign: in the unit `within`, None for all that the scope reaches.

    `narrowed` tells that the unit was chosen here, because more is too much to be gone through one by one.
    """

    title: Text
    within: str | None
    within_name: str | None
    narrowed: bool
    rows: tuple[Row, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which overdue work is asked for: in a unit and below it, and how many rows from where on.

    `phones` asks for numbers to call.
    """

    limit: int
    offset: int = 0
    unit: str | None = None
    phones: bool = False
    scope: Scope = EVERYTHING


def read_late_units(house: House, campaign: str, wanted: Wanted, *, now: datetime) -> LatePage[LateUnit]:
    """Read the units with overdue work of their own branches, the most first; Unknown outside the scope."""
    return _read(
        house,
        campaign,
        wanted,
        now,
        lambda ground: late_units(ground, limit=wanted.limit + 1, offset=wanted.offset),
        one_by_one=False,
    )


def read_late_officers(house: House, campaign: str, wanted: Wanted, *, now: datetime) -> LatePage[LateOfficer]:
    """Read the officers with overdue work, the most first; Unknown outside the scope."""
    return _read(
        house,
        campaign,
        wanted,
        now,
        lambda ground: late_officers(ground, house, limit=wanted.limit + 1, offset=wanted.offset, phones=wanted.phones),
    )


def read_late_branches(house: House, campaign: str, wanted: Wanted, *, now: datetime) -> LatePage[LateBranch]:
    """Read the branches with overdue work, what is late longest first; Unknown outside the scope."""
    return _read(
        house,
        campaign,
        wanted,
        now,
        lambda ground: late_branches(ground, house, limit=wanted.limit + 1, offset=wanted.offset, phones=wanted.phones),
    )


def _read(
    house: House,
    campaign: str,
    wanted: Wanted,
    now: datetime,
    read: Callable[[Ground], tuple[Row, ...]],
    *,
    one_by_one: bool = True,
) -> LatePage[Row]:
    with snapshot(house.engine) as session:
        asked = open_ground(session, house, campaign, wanted.scope, now=now)
        if wanted.unit is not None:
            asked = asked.seen_from(find_unit(session, wanted.unit, wanted.scope))
        ground = where_most_is_overdue(asked, read_counts(asked)) if one_by_one else asked
        rows = read(ground)
        within = ground.unit if wanted.unit or ground.path != asked.path else None
        return LatePage(
            title=ground.rulebook.definition.title,
            within=within.code if within else None,
            within_name=within.name if within else None,
            narrowed=ground.path != asked.path,
            rows=rows[: wanted.limit],
            has_more=len(rows) > wanted.limit,
        )
