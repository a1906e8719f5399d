"""Give branches the tasks of a window, each with its own deadline: set-based."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Date, Integer, and_, case, column, literal, select
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from actions.rulebook import Rulebook
from config.vocabulary import AssignmentStatus, BranchStatus
from models.assignment import Assignment
from models.base import choice
from models.branch import Branch
from models.campaign import Enrolment, Task
from models.dialects import insert_found, values_table
from models.queries import WindowPlace
from rules.deadlines import WindowDays, due_day, end_of, shifted, start_of


class IdRange(NamedTuple):
    """Row ids from the first to the last, both included."""

    first: int
    last: int

    def hold(self, key: SQLCoreOperations[int]) -> ColumnElement[bool]:
        """Select the rows of these ids."""
        return key.between(self.first, self.last)


class IdSet(NamedTuple):
    """Row ids one by one, at most ROWS_A_STATEMENT of them."""

    ids: tuple[int, ...]

    def hold(self, key: SQLCoreOperations[int]) -> ColumnElement[bool]:
        """Select the rows of these ids."""
        return key.in_(self.ids)


Ids = IdRange | IdSet

Deadline = tuple[int, date, datetime, datetime | None]
"""A task, the day from which its deadline counts, the deadline, and the first reminder."""


def assign(session: Session, rulebook: Rulebook, place: WindowPlace, enrolments: Ids) -> None:
    """Insert what is missing for the enrolments of these ids.

    One statement whatever the number of branches; repeatable, since a branch has a task at most once.
    A branch that joined after the window's first day counts its deadlines from the day it joined.
    """
    rows = list(_deadlines(session, rulebook, place, enrolments))
    if not rows:
        return
    deadline = values_table(
        session,
        "deadline",
        [
            column("task_id", Integer),
            column("counts_from", Date),
            column("due_at", UTCDateTime()),
            column("next_reminder_at", UTCDateTime()),
        ],
        rows,
    )
    missing = (
        select(
            deadline.c.task_id,
            col(Enrolment.branch_id),
            literal(place.window.id),
            col(Branch.unit_id),
            deadline.c.due_at,
            literal(AssignmentStatus.OPEN, choice(AssignmentStatus)),
            deadline.c.next_reminder_at,
        )
        .select_from(Enrolment)
        .join(Branch, and_(col(Branch.id) == Enrolment.branch_id, col(Branch.status) == BranchStatus.ACTIVE))
        .join(deadline, deadline.c.counts_from == _counts_from(place))
        .where(*_among(place, enrolments))
        .order_by(col(Enrolment.id), deadline.c.task_id)
    )
    columns = ["task_id", "branch_id", "window_id", "unit_id", "due_at", "status", "next_reminder_at"]
    session.execute(insert_found(Assignment, columns, missing, "DO NOTHING"))


def window_days_of(place: WindowPlace, rulebook: Rulebook, counts_from: date) -> WindowDays:
    """Return the days of a window for a branch whose deadlines count from a day."""
    days = WindowDays(place.window.first_day, place.window.last_day)
    return shifted(days, counts_from, rulebook.definition.stage(place.stage.code).lasts, rulebook.calendar)


def _deadlines(session: Session, rulebook: Rulebook, place: WindowPlace, enrolments: Ids) -> Iterable[Deadline]:
    """Work out each deadline once for each task and day from which it counts."""
    stage = rulebook.definition.stage(place.stage.code)
    tasks = session.execute(select(col(Task.id), col(Task.code)).where(col(Task.stage_id) == place.stage.id)).all()
    starts = session.execute(select(_counts_from(place)).where(*_among(place, enrolments)).distinct()).scalars().all()
    for counts_from in sorted(starts):
        days = window_days_of(place, rulebook, counts_from)
        since = start_of(days.first, rulebook.zone)
        for task_id, code in tasks:
            due_at = end_of(due_day(stage.task(code).due, days, rulebook.calendar), rulebook.zone)
            yield task_id, counts_from, due_at, rulebook.ladder.next_from(due_at, since)


def _counts_from(place: WindowPlace) -> ColumnElement[date]:
    first = literal(place.window.first_day, Date)
    return case((col(Enrolment.joined_on) > first, col(Enrolment.joined_on)), else_=first)


def _among(place: WindowPlace, enrolments: Ids) -> list[ColumnElement[bool]]:
    return [col(Enrolment.wave_id) == place.wave.id, enrolments.hold(col(Enrolment.id))]
