"""What is overdue: by unit from the counters, by officer and by branch where the tree holds few assignments."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlmodel import col

from actions.house import House
from actions.reading.overview.counts import BY_BRANCH, Count, counts_of, inside, read_counts, tally_of
from actions.reading.overview.curve import FEW
from actions.reading.overview.ground import Ground
from config.definition.text import Text
from config.vocabulary import AssignmentStatus
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Stage, Task
from models.officer import Officer
from models.unit import Unit
from rules.deadlines import last_allowed_day
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


@dataclass(frozen=True, slots=True)
class LateTask:
    """A task that is overdue, and the last day on which it was allowed."""

    stage: str
    task: str
    title: Text
    last_day: date


@dataclass(frozen=True, slots=True)
class LateBranch:
    """A branch with overdue work, and whom to call: the leader there, and its liaison officer."""

    branch: str
    name: str
    unit: str
    unit_name: str
    leader: str | None
    phone: str | None
    officer: str | None
    officer_name: str | None
    officer_phone: str | None
    tasks: tuple[LateTask, ...]


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
        _late(ground, col(Officer.code), col(Officer.name), col(Officer.phone))
        .add_columns(func.count(col(Branch.id).distinct()), late, func.min(col(Assignment.due_at)))
        .group_by(col(Officer.code), col(Officer.name), col(Officer.phone))
        .order_by(late.desc(), col(Officer.code))
    )
    rows = ground.session.execute(query.limit(limit).offset(offset)).tuples()
    return tuple(
        LateOfficer(code, name, _opened(house, phone if phones else None), branches, found, _last_day(ground, due_at))
        for code, name, phone, branches, found, due_at in rows
    )


def late_branches(
    ground: Ground, house: House, *, limit: int, offset: int = 0, phones: bool = False
) -> tuple[LateBranch, ...]:
    """Read the branches with overdue work, what is late longest first; `phones` opens the numbers of those read."""
    longest = func.min(col(Assignment.due_at))
    shown = (Branch, col(Unit.code), col(Unit.name), Officer)
    query = (
        _late(ground, col(Branch.id))
        .group_by(col(Branch.id))
        .order_by(longest, func.count().desc(), col(Branch.id))
        .limit(limit)
        .offset(offset)
    )
    keys = list(ground.session.scalars(query))
    tasks = _late_tasks(ground, keys)
    people = (
        select(*shown)
        .join(Unit, col(Unit.id) == Branch.unit_id)
        .join(Officer, col(Officer.id) == Branch.officer_id, isouter=True)
        .where(col(Branch.id).in_(keys))
    )
    found = {row[0].id: row for row in ground.session.execute(people).tuples()}
    return tuple(_late_branch(house, *found[key], tasks=tuple(tasks[key]), phones=phones) for key in keys)


def _late(ground: Ground, *columns: Any) -> Select[Any]:
    """Select the overdue assignments that are looked at."""
    return (
        select(*columns)
        .select_from(Assignment)
        .with_hint(Assignment, BY_BRANCH, "sqlite")
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .join(Officer, col(Officer.id) == Branch.officer_id, isouter=True)
        .where(ground.branches, *_is_late(ground))
    )


def _is_late(ground: Ground) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Assignment.window_id).in_(ground.window_ids),
        col(Assignment.status) == AssignmentStatus.OPEN,
        col(Assignment.due_at) <= ground.now,
    )


def _late_tasks(ground: Ground, branches: Sequence[int]) -> defaultdict[int, list[LateTask]]:
    query = (
        select(col(Assignment.branch_id), col(Stage.code), col(Task.code), col(Assignment.due_at))
        .select_from(Assignment)
        .with_hint(Assignment, BY_BRANCH, "sqlite")
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Stage, col(Stage.id) == Task.stage_id)
        .where(col(Assignment.branch_id).in_(branches), *_is_late(ground))
        .order_by(col(Assignment.due_at), col(Stage.position), col(Task.position))
    )
    tasks: defaultdict[int, list[LateTask]] = defaultdict(list)
    for branch, stage, task, due_at in ground.session.execute(query).tuples():
        title = ground.rulebook.definition.stage(stage).task(task).title
        tasks[branch].append(LateTask(stage, task, title, _last_day(ground, due_at)))
    return tasks


def _late_branch(
    house: House,
    branch: Branch,
    unit: str,
    unit_name: str,
    officer: Officer | None,
    *,
    tasks: tuple[LateTask, ...],
    phones: bool,
) -> LateBranch:
    return LateBranch(
        branch=branch.code,
        name=branch.name,
        unit=unit,
        unit_name=unit_name,
        leader=branch.leader,
        phone=_opened(house, branch.phone if phones else None),
        officer=officer.code if officer else None,
        officer_name=officer.name if officer else None,
        officer_phone=_opened(house, officer.phone if officer and phones else None),
        tasks=tasks,
    )


def _opened(house: House, sealed: str | None) -> str | None:
    return house.seal.open(sealed) if sealed else None


def _last_day(ground: Ground, due_at: datetime) -> date:
    return last_allowed_day(due_at, ground.rulebook.zone)
