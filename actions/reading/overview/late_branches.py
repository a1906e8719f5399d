"""The branches that are late, what with, and whom to call there."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlmodel import col

from actions.house import House
from actions.reading.overview.counts import BY_BRANCH
from actions.reading.overview.ground import Ground
from actions.reading.overview.late_assignments import is_late, last_day_of, opened, select_late
from config.definition.text import Text
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Stage, Task
from models.officer import Officer
from models.unit import Unit


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


def late_branches(
    ground: Ground, house: House, *, limit: int, offset: int = 0, phones: bool = False
) -> tuple[LateBranch, ...]:
    """Read the branches with overdue work, what is late longest first; `phones` opens the numbers of those read."""
    longest = func.min(col(Assignment.due_at))
    shown = (Branch, col(Unit.code), col(Unit.name), Officer)
    query = (
        select_late(ground, col(Branch.id))
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


def _late_tasks(ground: Ground, branches: Sequence[int]) -> defaultdict[int, list[LateTask]]:
    query = (
        select(col(Assignment.branch_id), col(Stage.code), col(Task.code), col(Assignment.due_at))
        .select_from(Assignment)
        .with_hint(Assignment, BY_BRANCH, "sqlite")
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Stage, col(Stage.id) == Task.stage_id)
        .where(col(Assignment.branch_id).in_(branches), *is_late(ground))
        .order_by(col(Assignment.due_at), col(Stage.position), col(Task.position))
    )
    tasks: defaultdict[int, list[LateTask]] = defaultdict(list)
    for branch, stage, task, due_at in ground.session.execute(query).tuples():
        title = ground.rulebook.definition.stage(stage).task(task).title
        tasks[branch].append(LateTask(stage, task, title, last_day_of(ground, due_at)))
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
        phone=opened(house, branch.phone if phones else None),
        officer=officer.code if officer else None,
        officer_name=officer.name if officer else None,
        officer_phone=opened(house, officer.phone if officer and phones else None),
        tasks=tasks,
    )
