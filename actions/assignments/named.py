"""Find the work that people speak of, and settle or unsettle it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, col

from actions.assignments.counters import CounterKey
from actions.rulebook import Rulebook
from config.errors import Refusal, Unknown
from config.vocabulary import AssignmentStatus, WindowStatus
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Enrolment, Stage, Task
from models.dialects import in_chunks, table_of
from models.queries import find_branch, find_task, windows_of
from models.window import Window


class Work(NamedTuple):
    """An assignment as it stood when it was read for writing, with the codes that people call it by."""

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
    opens_at: datetime
    branch: str
    stage: str
    task: str

    @property
    def label(self) -> str:
        """Name the work the way the audit does: `130622-001 study/lecture`."""
        return f"{self.branch} {self.stage}/{self.task}"

    @property
    def counter(self) -> CounterKey:
        """What the work is counted by."""
        return CounterKey(self.window_id, self.task_id, self.unit_id, self.due_at)


class Named(NamedTuple):
    """Work by the names people use: a branch code, and `task` or `stage/task`."""

    branch: str
    task: str


def lock_work(session: Session, rulebook: Rulebook, names: Sequence[Named]) -> dict[Named, Work]:
    """Read the named work so that nobody else changes it in this transaction.

    Raises Refusal in one line for an unknown branch or task, one that is not in the campaign, and work
    whose window is not open yet.
    """
    tasks = {name: find_task(session, rulebook.campaign, name) for name in dict.fromkeys(name.task for name in names)}
    by_code: dict[tuple[str, int], Work] = {}
    branches = list(dict.fromkeys(name.branch for name in names))
    for codes in in_chunks(branches):
        for work in _read(session, codes, [task.id for _, task in tasks.values()]):
            by_code[work.branch, work.task_id] = work
    found: dict[Named, Work] = {}
    for name in names:
        stage, task = tasks[name.task]
        if (name.branch, task.id) not in by_code:
            raise _absent(session, rulebook, name.branch, stage, task)
        found[name] = by_code[name.branch, task.id]
    return found


def _read(session: Session, branches: Iterable[str], tasks: Iterable[int | None]) -> Iterable[Work]:
    query = (
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
            col(Window.opens_at),
            col(Branch.code),
            col(Stage.code),
            col(Task.code),
        )
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Stage, col(Stage.id) == Task.stage_id)
        .join(Window, col(Window.id) == Assignment.window_id)
        .where(
            col(Branch.code).in_(branches),
            col(Assignment.task_id).in_(tasks),
            col(Window.status) != WindowStatus.PLANNED,  # one that is being opened has some of its work already
        )
        .order_by(col(Assignment.id))
        .with_for_update(of=table_of(Assignment))
    )
    return (Work(*row) for row in session.execute(query))


def _absent(session: Session, rulebook: Rulebook, code: str, stage: Stage, task: Task) -> Refusal:
    """Say why a branch has no such work."""
    branch = find_branch(session, code)
    campaign = rulebook.campaign
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
                task=task.code,
                window=place.label,
                day=place.window.first_day,
            )
    return Refusal(
        "task {task}: branch {code} was not given it; it joined after {stage} had closed",
        task=task.code,
        code=code,
        stage=stage.code,
    )


def write_state(session: Session, states: Sequence[dict[str, Any]]) -> None:
    """Write the new state of work that this transaction has locked, one row of values for each."""
    table = table_of(Assignment)
    columns = ("status", "done_at", "done_by", "note", "next_reminder_at")
    statement = (
        update(table).where(table.c.id == bindparam("key")).values({name: bindparam(f"new_{name}") for name in columns})
    )
    rows = [{"key": state["id"], **{f"new_{name}": state[name] for name in columns}} for state in states]
    session.connection().execute(statement, rows)
