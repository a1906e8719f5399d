"""Overdue work, assignment by assignment."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlmodel import col

from actions.house import House
from actions.reading.overview.counts import BY_BRANCH
from actions.reading.overview.ground import Ground
from config.vocabulary import AssignmentStatus
from models.assignment import Assignment
from models.branch import Branch
from models.officer import Officer
from rules.deadlines import last_allowed_day


def select_late(ground: Ground, *columns: Any) -> Select[Any]:
    """Select the overdue assignments that are looked at."""
    return (
        select(*columns)
        .select_from(Assignment)
        .with_hint(Assignment, BY_BRANCH, "sqlite")
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .join(Officer, col(Officer.id) == Branch.officer_id, isouter=True)
        .where(ground.branches, *is_late(ground))
    )


def is_late(ground: Ground) -> tuple[ColumnElement[bool], ...]:
    """Select, in a query that has `Assignment` in it, what is overdue in the campaign."""
    return (
        col(Assignment.window_id).in_(ground.window_ids),
        col(Assignment.status) == AssignmentStatus.OPEN,
        col(Assignment.due_at) <= ground.now,
    )


def opened(house: House, sealed: str | None) -> str | None:
    """Open a number that is sealed; None stays None."""
    return house.seal.open(sealed) if sealed else None


def last_day_of(ground: Ground, due_at: datetime) -> date:
    """Return the last day on which work with a deadline was allowed."""
    return last_allowed_day(due_at, ground.rulebook.zone)
