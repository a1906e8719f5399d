"""Read how a branch stands with its tasks."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.assignments.figures import in_units
from actions.assignments.seen import fingerprint
from actions.house import House
from actions.participants import enrolled
from actions.rulebook import Rulebook, open_rulebook
from config.definition.schema import FigureSpec, TaskSpec
from config.definition.text import Text
from config.errors import Unknown
from config.vocabulary import AssignmentStatus, Standing, WindowStatus
from models.assignment import Assignment, FigureValue
from models.branch import Branch
from models.campaign import Stage, Task
from models.database import snapshot
from models.scope import EVERYTHING, Scope
from models.window import Window
from rules.deadlines import last_allowed_day, local_day
from rules.standing import standing


@dataclass(frozen=True, slots=True)
class TaskState:
    """One task of one branch at an instant.

    `due_at` is the first instant after `last_day`, the day that people are shown. `late` is true when it
    was done at or after its deadline, and when it is open past it. Figures are the numbers people wrote. `spec` is
    what the campaign file says of it, `seen` what a form about it bears, `reopened` how often it was opened again.
    """

    id: int
    stage: str
    stage_title: Text
    task: str
    title: Text
    spec: TaskSpec
    seen: str
    reopened: int
    due_at: datetime
    last_day: date
    status: AssignmentStatus
    standing: Standing
    late: bool
    done_at: datetime | None
    done_on: date | None
    done_by: str | None
    note: str | None
    figures: Mapping[str, int | Decimal]


@dataclass(frozen=True, slots=True)
class BranchTasks:
    """A branch in a campaign, with the tasks of the windows that have opened for it; days are those of `zone`."""

    campaign: Text
    zone: ZoneInfo
    branch: str
    name: str
    tasks: tuple[TaskState, ...]


def read_tasks(house: House, campaign: str, branch: str, *, now: datetime, scope: Scope = EVERYTHING) -> BranchTasks:
    """Read the tasks of a branch in the order of the campaign, late and standing as of `now`.

    Raises Refusal for an unknown campaign or branch, one not in the scope, and one that is not in the campaign.
    """
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        found = find_participant(session, rulebook, branch, scope)
        return BranchTasks(
            rulebook.definition.title, rulebook.zone, branch, found.name, tasks_of(session, rulebook, found, now)
        )


def find_participant(session: Session, rulebook: Rulebook, code: str, scope: Scope) -> Branch:
    """Return a branch of the campaign; Unknown when it is not in the scope, in the words for one that is not there."""
    branch = session.exec(select_rows(Branch).where(Branch.code == code, scope.branches)).one_or_none()
    if branch is None:
        raise Unknown("branch {code}: not in the registry", code=code)
    enrolled(session, rulebook, [code])
    return branch


def tasks_of(session: Session, rulebook: Rulebook, branch: Branch, now: datetime) -> tuple[TaskState, ...]:
    """Read the tasks of a branch in an open transaction."""
    query = (
        select(Assignment, col(Stage.code), col(Task.code))
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Stage, col(Stage.id) == Task.stage_id)
        .join(Window, col(Window.id) == Assignment.window_id)
        .where(
            col(Stage.campaign_id) == rulebook.campaign_id,
            col(Assignment.branch_id) == branch.id,
            col(Window.status) != WindowStatus.PLANNED,
        )
        .order_by(col(Stage.position), col(Task.position))
    )
    values = _values(session, rulebook, branch.id)
    return tuple(
        task_state(rulebook, assignment, stage, task, values[assignment.id], now)
        for assignment, stage, task in session.execute(query).tuples()
    )


def _values(session: Session, rulebook: Rulebook, branch_id: int) -> defaultdict[int, dict[str, int]]:
    """Return the stored figures of a branch by the assignment they belong to."""
    query = (
        select(col(FigureValue.assignment_id), col(FigureValue.code), col(FigureValue.value))
        .join(Assignment, col(Assignment.id) == FigureValue.assignment_id)
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Stage, col(Stage.id) == Task.stage_id)
        .where(col(Stage.campaign_id) == rulebook.campaign_id, col(Assignment.branch_id) == branch_id)
    )
    values: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for assignment_id, code, value in session.execute(query).tuples():
        values[assignment_id][code] = value
    return values


def task_state(
    rulebook: Rulebook, assignment: Assignment, stage: str, task: str, values: Mapping[str, int], now: datetime
) -> TaskState:
    """Say how an assignment stands, with its figures in their smallest steps."""
    stage_spec = rulebook.definition.stage(stage)
    spec = stage_spec.task(task)
    found = standing(assignment.status, assignment.due_at, now, rulebook.zone, rulebook.calendar)
    done_at = assignment.done_at
    return TaskState(
        id=assignment.id,
        stage=stage,
        stage_title=stage_spec.title,
        task=task,
        title=spec.title,
        spec=spec,
        seen=fingerprint(assignment.status, done_at, assignment.due_at, assignment.reopened),
        reopened=assignment.reopened,
        due_at=assignment.due_at,
        last_day=last_allowed_day(assignment.due_at, rulebook.zone),
        status=assignment.status,
        standing=found,
        late=found is Standing.OVERDUE or (done_at is not None and done_at >= assignment.due_at),
        done_at=done_at,
        done_on=local_day(done_at, rulebook.zone) if done_at else None,
        done_by=assignment.done_by,
        note=assignment.note,
        figures=_figures(spec, values),
    )


def _figures(spec: TaskSpec, values: Mapping[str, int]) -> dict[str, int | Decimal]:
    """Return the figures in the order in which the task asks for them."""
    asked: dict[str, FigureSpec] = {figure.code: figure for figure in spec.figures}
    return {code: in_units(asked[code], values[code]) for code in asked if code in values}
