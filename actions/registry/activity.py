"""The work of branches that stop being active is put down, and taken up when they are active again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, String, bindparam, column, select, update
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.assignments.counters import recount
from actions.assignments.locks import hold_work
from actions.assignments.named import write_state
from actions.events import event_row, record
from actions.house import House
from actions.registry.branches import move_open_work
from actions.rulebook import Rulebook, rulebook_of
from config.said import Said
from config.vocabulary import AssignmentStatus, EventKind, ProblemStatus
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Campaign, Stage, Task
from models.dialects import in_chunks, table_of, values_table
from models.problem import Problem

LEFT = Said("the branch is no longer active")
"""The note by which work that was waived for this is known again."""
MOVED = Said("the branch moved to another unit")
RETURNED = Said("the branch is active again")


class BranchWork(NamedTuple):
    """An assignment of a branch, with the unit it counts for and the unit its branch belongs to."""

    id: int
    campaign_id: int
    window_id: int
    unit_id: int
    due_at: datetime
    branch_id: int
    branch: str
    home_id: int
    label: str


def put_down(session: Session, codes: Sequence[str], *, actor: str, now: datetime) -> None:
    """Waive the open work of branches that stopped being active, and remind of none of their problems.

    In ended campaigns too, whose open work is chased as well. One event for each branch and campaign.
    """
    waive_open(session, codes, LEFT, actor=actor, now=now)
    for run in in_chunks(codes):
        chased = (col(Problem.branch_id).in_(_ids(run)), col(Problem.next_reminder_at).is_not(None))
        session.execute(update(table_of(Problem)).where(*chased).values(next_reminder_at=None))


def hold_work_of(session: Session, codes: Sequence[str]) -> None:
    """Hold the work of branches that is put down, taken up or moved, all of it before anything is counted anew."""
    if codes:
        named = values_table(session, "named", [column("code", String)], [(code,) for code in codes])
        ids = select(col(Branch.id)).where(col(Branch.code) == named.c.code)
        hold_work(session, col(Assignment.branch_id).in_(ids), col(Assignment.status) != AssignmentStatus.DONE)


def waive_open(session: Session, codes: Sequence[str], why: str, *, actor: str, now: datetime) -> None:
    """Waive the open work of branches where it counts; one event for each branch and campaign."""
    for run in in_chunks(codes):
        found = _lock(session, run, col(Assignment.status) == AssignmentStatus.OPEN)
        _settle(session, found, AssignmentStatus.WAIVED, note=why)
        record(session, *_events(EventKind.ASSIGNMENT_WAIVED, found, AssignmentStatus.OPEN, why, actor, now))


def take_up(session: Session, house: House, codes: Sequence[str], *, actor: str, now: datetime) -> None:
    """Open again what was waived because the branches were not active, and remind of it and of their problems.

    Deadlines are the old ones, reminders begin with the first rung later than `now`; work waived for any
    other reason stays waived. It counts for the unit that the branch belongs to now.
    """
    if not codes:
        return
    rulebooks = {row.id: rulebook_of(house, row) for row in session.exec(select_rows(Campaign))}
    for run in in_chunks(codes):
        waived = (col(Assignment.status) == AssignmentStatus.WAIVED, col(Assignment.note) == LEFT)
        found = _lock(session, run, *waived)
        reminders = {work.id: _next(rulebooks, work.campaign_id, work.due_at, now) for work in found}
        _settle(session, found, AssignmentStatus.OPEN, note=None, reminders=reminders)
        move_open_work(session, sorted({work.branch for work in found if work.unit_id != work.home_id}))
        record(session, *_events(EventKind.ASSIGNMENT_REOPENED, found, AssignmentStatus.WAIVED, RETURNED, actor, now))
        _remind_of_problems(session, rulebooks, run, now)


def _lock(session: Session, codes: Sequence[str], *conditions: ColumnElement[bool]) -> list[BranchWork]:
    query = (
        select(
            col(Assignment.id),
            col(Stage.campaign_id),
            col(Assignment.window_id),
            col(Assignment.unit_id),
            col(Assignment.due_at),
            col(Branch.id),
            col(Branch.code),
            col(Branch.unit_id),
            col(Stage.code) + "/" + col(Task.code),
        )
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Stage, col(Stage.id) == Task.stage_id)
        .where(col(Branch.code).in_(codes), *conditions)
        .order_by(col(Assignment.id))
        .with_for_update(of=table_of(Assignment))
    )
    return [BranchWork(*row) for row in session.execute(query)]


def _settle(
    session: Session,
    found: Sequence[BranchWork],
    status: AssignmentStatus,
    *,
    note: str | None,
    reminders: Mapping[int, datetime | None] | None = None,
) -> None:
    """Write the new state of work that is not done, and count it anew."""
    if not found:
        return
    state = {"status": status, "done_at": None, "done_by": None, "note": note}
    following = reminders or {}
    write_state(session, [{**state, "id": work.id, "next_reminder_at": following.get(work.id)} for work in found])
    units: defaultdict[int, set[int]] = defaultdict(set)
    for work in found:
        units[work.window_id].add(work.unit_id)
    for window_id, unit_ids in sorted(units.items()):
        recount(session, window_id, sorted(unit_ids))


def _events(
    kind: EventKind,
    found: Sequence[BranchWork],
    was: AssignmentStatus,
    reason: str,
    actor: str,
    now: datetime,
) -> Iterable[dict[str, object]]:
    """Compose one event for each branch and campaign, with the work it is about."""
    labels: defaultdict[tuple[str, int, int], list[str]] = defaultdict(list)
    for work in found:
        labels[work.branch, work.branch_id, work.campaign_id].append(work.label)
    is_now = AssignmentStatus.WAIVED if was is AssignmentStatus.OPEN else AssignmentStatus.OPEN
    for (branch, branch_id, campaign_id), work_of in sorted(labels.items()):
        yield event_row(
            kind,
            branch,
            at=now,
            actor=actor,
            campaign_id=campaign_id,
            branch_id=branch_id,
            before={"status": was},
            after={"status": is_now, "work": work_of},
            reason=reason,
        )


def _remind_of_problems(
    session: Session, rulebooks: Mapping[int, Rulebook], codes: Sequence[str], now: datetime
) -> None:
    query = (
        select(col(Problem.id), col(Problem.campaign_id), col(Problem.due_at))
        .where(
            col(Problem.branch_id).in_(_ids(codes)),
            col(Problem.status) == ProblemStatus.OPEN,
            col(Problem.due_at).is_not(None),
        )
        .order_by(col(Problem.id))
        .with_for_update()
    )
    rows = [
        {"key": key, "next": _next(rulebooks, campaign_id, due_at, now)}
        for key, campaign_id, due_at in session.execute(query)
    ]
    if rows:
        table = table_of(Problem)
        statement = update(table).where(table.c.id == bindparam("key")).values(next_reminder_at=bindparam("next"))
        session.connection().execute(statement, rows)


def _next(rulebooks: Mapping[int, Rulebook], campaign_id: int, due_at: datetime, now: datetime) -> datetime | None:
    return rulebooks[campaign_id].ladder.first_after(due_at, now)


def _ids(codes: Sequence[str]) -> Select[tuple[int]]:
    return select(col(Branch.id)).where(col(Branch.code).in_(codes))
