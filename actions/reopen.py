"""Reopen work that was done or waived."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlmodel import Session

from actions.assignments.counters import recount
from actions.assignments.deadlines import retime
from actions.assignments.frozen import check_not_frozen
from actions.assignments.locks import hold_stages
from actions.assignments.named import Named, Work, lock_work, write_state
from actions.assignments.seen import check_seen
from actions.events import event_row, record
from actions.house import House
from actions.rulebook import Rulebook, open_rulebook
from config.vocabulary import AssignmentStatus, EventKind
from models.assignment import Assignment, FigureValue
from models.database import transaction
from models.dialects import table_of
from models.queries import find_branch, find_stage, find_task


def reopen(
    house: House, campaign: str, name: Named, *, reason: str, actor: str, now: datetime, seen: str | None = None
) -> bool:
    """Open settled work again; return whether it had been settled.

    It counts for the unit that the branch is in now, and has the deadline that its rule and the extensions
    granted meanwhile give. Its figures are taken out and kept in the event. Reminders that had come before
    are not sent again: the next one is the first rung later than `now`. Its evidence stays. Raises Refusal for
    unknown work and for work that was passed on, and Stale when it is not as it was `seen`.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        stage, _ = find_task(session, rulebook.campaign, name.task)
        hold_stages(session, [stage])
        work = lock_work(session, rulebook, [name])[name]
        check_seen(rulebook, work, seen)
        if work.status is AssignmentStatus.OPEN:
            return False
        check_not_frozen(session, rulebook, work)
        open_again(session, rulebook, work, reason=reason, actor=actor, now=now)
        return True


def open_again(session: Session, rulebook: Rulebook, work: Work, *, reason: str, actor: str, now: datetime) -> None:
    """Open settled work again that this transaction has locked, after the windows of its stage, and record it."""
    figures = _take_out_figures(session, work)
    _open(session, rulebook, work, now)
    reopened = event_row(
        EventKind.ASSIGNMENT_REOPENED,
        work.label,
        at=now,
        actor=actor,
        campaign_id=rulebook.campaign_id,
        branch_id=work.branch_id,
        before={
            "status": work.status,
            "done_at": work.done_at,
            "done_by": work.done_by,
            "figures": figures,
            "note": work.note,
        },
        after={"status": AssignmentStatus.OPEN},
        reason=reason,
    )
    record(session, reopened)


def _take_out_figures(session: Session, work: Work) -> dict[str, int]:
    values = table_of(FigureValue)
    own = values.c.assignment_id == work.id
    figures = dict(session.execute(select(values.c.code, values.c.value).where(own)).tuples().all())
    session.execute(delete(values).where(own))
    return figures


def _open(session: Session, rulebook: Rulebook, work: Work, now: datetime) -> None:
    state = {
        "id": work.id,
        "status": AssignmentStatus.OPEN,
        "done_at": None,
        "done_by": None,
        "note": None,
        "next_reminder_at": rulebook.ladder.first_after(work.due_at, now),
    }
    write_state(session, [state])
    branch = find_branch(session, work.branch)
    rows = table_of(Assignment)
    session.execute(update(rows).where(rows.c.id == work.id).values(unit_id=branch.unit_id))
    recount(session, work.window_id, sorted({work.unit_id, branch.unit_id}))
    retime(session, rulebook, [find_stage(session, rulebook.campaign, work.stage)], since=now, within=work)
