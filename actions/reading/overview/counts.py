"""Read the counters once, for everything that a page shows of them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Select, func, select
from sqlmodel import col

from actions.assignments.counters import settled_sums
from actions.assignments.subtotals import COUNTED
from actions.reading.overview.carried import counters_by_part, part_of
from actions.reading.overview.ground import Ground
from models.assignment import Assignment, Counter
from models.branch import Branch
from models.dialects import table_of
from models.queries import below
from models.unit import Unit
from rules.progress import Tally

BY_BRANCH = "INDEXED BY ix_assignment_branch_id"
"""Which way SQLite is to go: by itself it reads everything there is of a window, and leaves most of it out."""


class Count(NamedTuple):
    """How many assignments of one window and deadline there are, and were settled, in one part of the tree.

    `part` is the path of a unit right below the one that is looked at, or of that one itself for its own branches.
    """

    window_id: int
    part: str
    due_at: datetime
    total: int
    done: int
    in_time: int
    waived: int


@dataclass(frozen=True, slots=True)
class Part:
    """A unit right below the one that is looked at, or that one itself, standing for its own branches alone."""

    unit: str
    name: str
    path: str
    is_own: bool


def read_counts(ground: Ground, *, by_part: bool = True) -> list[Count]:
    """Read what is counted by window, deadline and part of the tree; without parts, what is looked at is the one."""
    query = _assignments_by_part(ground) if ground.is_of_branches else counters_by_part(ground, by_part=by_part)
    sums: defaultdict[tuple[int, str, datetime], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for window, path, due_at, *found in ground.session.execute(query).tuples():
        key = (window, path, due_at)
        sums[key] = [was + int(more) for was, more in zip(sums[key], found, strict=True)]
    return [Count(*key, *counted) for key, counted in sums.items() if any(counted)]


def read_parts(ground: Ground) -> dict[str, Part]:
    """Read the units that the parts of a count stand for, by their paths."""
    root = ground.unit
    query = select(col(Unit.code), col(Unit.name), col(Unit.path))
    found = (
        query.where(col(Unit.parent_id).is_(None))
        if root is None
        else query.where((col(Unit.parent_id) == root.id) | (col(Unit.id) == root.id))
    )
    rows = ground.session.execute(found).tuples()
    return {path: Part(code, name, path, is_own=path == ground.path) for code, name, path in rows}


def tally_of(ground: Ground, counts: Collection[Count]) -> Tally:
    """Add counts up, held against the instant that is looked at."""
    due = [count for count in counts if count.due_at <= ground.now]
    return Tally(
        total=sum(count.total for count in counts),
        done=sum(count.done for count in counts),
        in_time=sum(count.in_time for count in counts),
        waived=sum(count.waived for count in counts),
        due=sum(count.total - count.waived for count in due),
        due_done=sum(count.done for count in due),
        due_in_time=sum(count.in_time for count in due),
    )


def counts_of(ground: Ground) -> FromClause:
    """Give the counters, or for single branches the same made of their assignments."""
    if not ground.is_of_branches:
        return table_of(Counter)
    keys = (col(Assignment.window_id), col(Assignment.unit_id), col(Assignment.due_at))
    done, in_time, waived = settled_sums()
    return (
        select(
            *keys,
            func.count().label("total"),
            done.label("done"),
            in_time.label("in_time"),
            waived.label("waived"),
        )
        .select_from(Assignment)
        .with_hint(Assignment, BY_BRANCH, "sqlite")
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .where(ground.scope.branches)
        .group_by(*keys)
        .subquery()
    )


def inside(ground: Ground, counted: FromClause) -> list[ColumnElement[bool]]:
    """Select what counts for the units that are looked at."""
    if ground.is_whole or ground.unit is None:
        return []
    return [counted.c.unit_id.in_(select(col(Unit.id)).where(below(ground.unit)))]


def _assignments_by_part(ground: Ground) -> Select[tuple[Any, ...]]:
    counted, part = counts_of(ground), part_of(ground)
    return (
        select(counted.c.window_id, part, counted.c.due_at, *(func.sum(counted.c[name]) for name in COUNTED))
        .join(Unit, col(Unit.id) == counted.c.unit_id)
        .where(counted.c.window_id.in_(ground.window_ids))
        .group_by(counted.c.window_id, part, counted.c.due_at)
    )
