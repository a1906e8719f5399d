"""Let reminders rest about work that nobody can answer, because it was passed on, and wake them when it is opened."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, or_, select, update
from sqlmodel import Session, col

from actions.assignments.locks import hold_work
from actions.cancel_untrue import record_cancelled
from actions.rulebook import Rulebook
from config.vocabulary import AssignmentStatus
from models.assignment import Assignment
from models.campaign import Stage, Task
from models.dialects import table_of
from models.notice import NoticeLine
from models.queries import below
from models.returned import has_returns, is_passed_on
from models.unit import Unit
from notifications.outbox.truth import drop_untrue_about


def rest_below(session: Session, stage: Stage, unit: Unit, *, actor: str, now: datetime) -> None:
    """Take the next reminders off what is missing in a return that goes on, and its lines off planned notices."""
    inside = select(col(Unit.id)).where(below(unit))
    missing = and_(_open_in(stage.id), col(Assignment.unit_id).in_(inside))
    _rest(session, missing)
    about = col(NoticeLine.assignment_id).in_(select(col(Assignment.id)).where(missing))
    record_cancelled(session, drop_untrue_about(session, about, now=now), actor=actor, now=now)


def rest_passed_on(session: Session, stage_id: int, now: datetime) -> None:
    """Do the same for what came under a return that had gone on: of a branch that moved there, or joined late."""
    if has_returns(session):
        due = and_(_open_in(stage_id), col(Assignment.next_reminder_at) <= now)
        _rest(session, and_(due, is_passed_on(col(Assignment.task_id), col(Assignment.unit_id))))


def wake(session: Session, rulebook: Rulebook, stage: Stage, units: Iterable[Unit], *, now: datetime) -> None:
    """Remind again about the open work below units whose returns hold no more, and no other return holds.

    It is told of at the step that it has reached by now.
    """
    opened = or_(*(below(unit) for unit in units))
    rests = and_(
        _open_in(stage.id),
        col(Assignment.next_reminder_at).is_(None),
        col(Assignment.unit_id).in_(select(col(Unit.id)).where(opened)),
        ~is_passed_on(col(Assignment.task_id), col(Assignment.unit_id)),
    )
    deadlines = session.execute(select(col(Assignment.due_at)).where(rests).distinct()).scalars().all()
    rows = [{"due": due_at, "again": rulebook.ladder.again_at(due_at, now)} for due_at in deadlines]
    if rows:
        hold_work(session, rests)
        again = update(table_of(Assignment)).where(rests, col(Assignment.due_at) == bindparam("due"))
        session.connection().execute(again.values(next_reminder_at=bindparam("again")), rows)


def _rest(session: Session, work: ColumnElement[bool]) -> None:
    hold_work(session, work)
    session.execute(update(table_of(Assignment)).where(work).values(next_reminder_at=None))


def _open_in(stage_id: int) -> ColumnElement[bool]:
    tasks = select(col(Task.id)).where(col(Task.stage_id) == stage_id)
    return and_(col(Assignment.task_id).in_(tasks), col(Assignment.status) == AssignmentStatus.OPEN)
