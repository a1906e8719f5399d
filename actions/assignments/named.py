"""Find the work that people speak of, and settle or unsettle it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, col

from actions.assignments.counters import CounterKey
from actions.rulebook import Rulebook
from actions.titles import name_stage, name_task, name_window
from config.errors import Refusal, Unknown
from config.said import Said, joined
from config.vocabulary import AssignmentStatus, WindowStatus
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Enrolment, Stage, Task
from models.dialects import in_chunks, table_of
from models.queries import find_branch, find_tasks, windows_of
from models.scope import EVERYTHING, Scope
from models.unit import Unit
from models.window import Window


class Work(NamedTuple):
    """An assignment as it stood when it was read for writing, with the codes that people call it by.

    `officer_id` and `path` say who answers for the branch, and where it is in the tree.
    """

    id: int
    branch_id: int
    task_id: int
    window_id: int
    unit_id: int
    due_at: datetime
    status: AssignmentStatus
    done_at: datetime | None
    done_by: str | None
    note: str | None
    reopened: int
    opens_at: datetime
    officer_id: int | None
    path: str
    branch: str
    stage: str
    task: str

    @property
    def label(self) -> str:
        """Name the work the way the audit does: `130622-001 study/lecture`."""
        return f"{self.branch} {self.stage}/{self.task}"

    def titled(self, rulebook: Rulebook) -> Said:
        """Name it in what is said to people: pages show the titles of stage and task instead of their codes."""
        task = (name_stage(rulebook, self.stage), name_task(rulebook, self.stage, self.task))
        return joined(" ", (self.branch, joined("/", task)))

    @property
    def counter(self) -> CounterKey:
        """What the work is counted by."""
        return CounterKey(self.window_id, self.task_id, self.unit_id, self.due_at)


class Named(NamedTuple):
    """Work by the names people use: a branch code, and `task` or `stage/task`; inside the scope of who speaks of it."""

    branch: str
    task: str
    scope: Scope = EVERYTHING


# Composed once: that takes longer than the asking.
_WORK = (
    select(
        col(Assignment.id),
        col(Assignment.branch_id),
        col(Assignment.task_id),
        col(Assignment.window_id),
        col(Assignment.unit_id),
        col(Assignment.due_at),
        col(Assignment.status),
        col(Assignment.done_at),
        col(Assignment.done_by),
        col(Assignment.note),
        col(Assignment.reopened),
        col(Window.opens_at),
        col(Branch.officer_id),
        col(Unit.path),
        col(Branch.code),
        col(Stage.code),
        col(Task.code),
    )
    .join(Branch, col(Branch.id) == Assignment.branch_id)
    .join(Unit, col(Unit.id) == Branch.unit_id)
    .join(Task, col(Task.id) == Assignment.task_id)
    .join(Stage, col(Stage.id) == Task.stage_id)
    .join(Window, col(Window.id) == Assignment.window_id)
    .where(
        col(Branch.code).in_(bindparam("branches", expanding=True)),
        col(Assignment.task_id).in_(bindparam("tasks", expanding=True)),
        col(Window.status) != WindowStatus.PLANNED,  # one that is being opened has some of its work already
    )
    .order_by(col(Assignment.id))
    .with_for_update(of=table_of(Assignment))
)
_STATE = ("status", "done_at", "done_by", "note", "next_reminder_at")
_WRITE_STATE = (
    update(table_of(Assignment))
    .where(table_of(Assignment).c.id == bindparam("key"))
    .values(
        {name: bindparam(f"new_{name}") for name in _STATE}
        | {"reopened": table_of(Assignment).c.reopened + bindparam("is_reopened")}
    )
)


def lock_work(session: Session, rulebook: Rulebook, names: Sequence[Named]) -> dict[Named, Work]:
    """Read the named work so that nobody else changes it in this transaction.

    Raises Refusal in one line for an unknown branch or task, one that is not in the campaign, and work
    whose window is not open yet.
    """
    works: dict[Named, Work] = {}
    for name, found in lock_what_is_there(session, rulebook, names).items():
        if isinstance(found, Refusal):
            raise found
        works[name] = found
    return works


def lock_what_is_there(session: Session, rulebook: Rulebook, names: Sequence[Named]) -> dict[Named, Work | Refusal]:
    """Read for each name the work, so that nobody else changes it in this transaction, or why there is none."""
    tasks = find_tasks(session, rulebook.campaign, dict.fromkeys(name.task for name in names))
    known = {name: found for name, found in tasks.items() if not isinstance(found, Refusal)}
    works = _read(session, names, [task.id for _, task in known.values()]) if known else {}
    found: dict[Named, Work | Refusal] = {}
    for name in names:
        place = tasks[name.task]
        if isinstance(place, Refusal):
            found[name] = place
            continue
        work = works.get((name.branch, place[1].id))
        if work is None or not name.scope.holds(work.branch_id, work.officer_id, work.path):
            found[name] = _absent(session, rulebook, name, *place)
        else:
            found[name] = work
    return found


def _read(session: Session, names: Sequence[Named], tasks: Sequence[int]) -> Mapping[tuple[str, int], Work]:
    connection = session.connection()
    read: dict[tuple[str, int], Work] = {}
    for branches in in_chunks(list(dict.fromkeys(name.branch for name in names))):
        for row in connection.execute(_WORK, {"branches": branches, "tasks": tasks}):
            work = Work(*row)
            read[work.branch, work.task_id] = work
    return read


def _absent(session: Session, rulebook: Rulebook, name: Named, stage: Stage, task: Task) -> Refusal:
    """Say why a branch has no such work."""
    code, campaign = name.branch, rulebook.campaign
    try:
        branch = find_branch(session, code, name.scope)
    except Refusal as unknown:
        return unknown
    enrolment = session.execute(
        select(col(Enrolment.wave_id)).where(
            col(Enrolment.campaign_id) == campaign.id, col(Enrolment.branch_id) == branch.id
        )
    ).one_or_none()
    if enrolment is None:
        return Unknown("branch {code}: not in campaign {campaign}", code=code, campaign=campaign.code)
    for place in windows_of(session, campaign):
        if (place.stage.id, place.wave.id) == (stage.id, enrolment[0]) and place.window.status is WindowStatus.PLANNED:
            return Refusal(
                "task {task}: {window} is not open yet; it opens on {day}",
                task=name_task(rulebook, stage.code, task.code),
                window=name_window(rulebook, place),
                day=place.window.first_day,
            )
    return Refusal(
        "task {task}: branch {code} was not given it; it joined after {stage} had closed",
        task=name_task(rulebook, stage.code, task.code),
        code=code,
        stage=name_stage(rulebook, stage.code),
    )


def write_state(session: Session, states: Sequence[dict[str, Any]]) -> None:
    """Write the new state of work that this transaction has locked, one row of values for each.

    What is open in it was settled before: it counts as opened once more.
    """
    rows = [
        {
            "key": state["id"],
            "is_reopened": int(state["status"] is AssignmentStatus.OPEN),
            **{f"new_{name}": state[name] for name in _STATE},
        }
        for state in states
    ]
    session.connection().execute(_WRITE_STATE, rows)
