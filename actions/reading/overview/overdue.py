"""What is overdue: by unit from the counters, by officer where the tree holds few assignments."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlmodel import col

from actions.house import House
from actions.reading.overview.counts import Count, counts_of, inside, read_counts, tally_of
from actions.reading.overview.curve import FEW
from actions.reading.overview.ground import Ground
from actions.reading.overview.late_assignments import last_day_of, opened, select_late
from models.assignment import Assignment
from models.branch import Branch
from models.officer import Officer
from models.unit import Unit
from rules.progress import overdue


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit with overdue work of its own branches."""

    unit: str
    name: str
    overdue: int


@dataclass(frozen=True, slots=True)
class LateOfficer:
    """A liaison officer with overdue work, none for branches that have no officer; `since` is the earliest last day.

    `phone` is the number as it was entered, None where it is not known or was not asked for.
    """

    officer: str | None
    name: str | None
    phone: str | None
    branches: int
    overdue: int
    since: date


def late_units(ground: Ground, *, limit: int, offset: int = 0) -> tuple[LateUnit, ...]:
    """Read the units with overdue work, those with the most first."""
    counted = counts_of(ground)
    late = func.sum(counted.c.total - counted.c.waived - counted.c.done)
    query = (
        select(col(Unit.code), col(Unit.name), late)
        .select_from(counted)
        .join(Unit, col(Unit.id) == counted.c.unit_id)
        .where(counted.c.window_id.in_(ground.window_ids), counted.c.due_at <= ground.now, *inside(ground, counted))
        .group_by(col(Unit.code), col(Unit.name))
        .having(late > 0)
        .order_by(late.desc(), col(Unit.code))
    )
    rows = ground.session.execute(query.limit(limit).offset(offset)).tuples()
    return tuple(LateUnit(code, name, int(found)) for code, name, found in rows)


def where_most_is_overdue(ground: Ground, counts: Sequence[Count], *, few: int = FEW) -> Ground:
    """Go down the tree to where most is overdue, until few enough assignments are left to be read one by one."""
    while sum(count.total for count in counts) > few:
        parts: defaultdict[str, list[Count]] = defaultdict(list)
        for count in counts:
            parts[count.part].append(count)
        late = {path: overdue(tally_of(ground, found)) for path, found in parts.items()}
        worst = max(sorted(late), key=lambda path: late[path])
        if worst == ground.path:
            return ground
        found = ground.session.execute(select(Unit).where(col(Unit.path) == worst)).scalar_one()
        ground = ground.seen_from(found)
        counts = read_counts(ground)
    return ground


def late_officers(
    ground: Ground, house: House, *, limit: int, offset: int = 0, phones: bool = False
) -> tuple[LateOfficer, ...]:
    """Read the officers with overdue work, those with the most first; `phones` opens the numbers of those read."""
    late = func.count()
    query = (
        select_late(ground, col(Officer.code), col(Officer.name), col(Officer.phone))
        .add_columns(func.count(col(Branch.id).distinct()), late, func.min(col(Assignment.due_at)))
        .group_by(col(Officer.code), col(Officer.name), col(Officer.phone))
        .order_by(late.desc(), col(Officer.code))
    )
    rows = ground.session.execute(query.limit(limit).offset(offset)).tuples()
    return tuple(
        LateOfficer(code, name, opened(house, phone if phones else None), branches, found, last_day_of(ground, due_at))
        for code, name, phone, branches, found, due_at in rows
    )
