"""What is counted of a campaign's work: as it stands, or as it stood when the campaign ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, case, func, literal, select
from sqlmodel import Session, col

from actions.assignments.subtotals import COUNTED
from actions.measures.taking_part import is_over
from models.assignment import Counter
from models.campaign import Campaign, Stage
from models.dialects import count_changed, insert_found
from models.ended import EndedCounter
from models.window import Window

KEYS = ("window_id", "unit_id", "due_at")


@dataclass(frozen=True, slots=True)
class CountedWork:
    """The counters that are read, and the instant that what is due is held against."""

    counters: type[Counter | EndedCounter]
    at: datetime

    def tally_columns(self) -> tuple[ColumnElement[int], ...]:
        """Sum counters into the fields of a Tally, in their order."""
        total, done, in_time, waived = (col(getattr(self.counters, name)) for name in COUNTED)
        is_due = col(self.counters.due_at) <= self.at
        due = (case((is_due, each), else_=literal(0, Integer)) for each in (total - waived, done, in_time))
        return tuple(map(_sum, (total, done, in_time, waived, *due)))


def counted_work_of(campaign: Campaign, now: datetime) -> CountedWork:
    """Choose the counters of a campaign: those of now, or those that were kept when it ended."""
    if is_over(campaign) and campaign.ended_at is not None:
        return CountedWork(EndedCounter, campaign.ended_at)
    return CountedWork(Counter, now)


def keep_counters(session: Session, campaign_id: int) -> int:
    """Write down how the work of a campaign that ends now stands; return how many counters that makes."""
    keys = [col(getattr(Counter, name)) for name in KEYS]
    found: Select[Any] = (
        select(*keys, *(func.sum(col(getattr(Counter, name))) for name in COUNTED))
        .join(Window, col(Window.id) == col(Counter.window_id))
        .join(Stage, col(Stage.id) == col(Window.stage_id))
        .where(col(Stage.campaign_id) == campaign_id)
        .group_by(*keys)
        .order_by(*keys)
    )
    return count_changed(session, insert_found(EndedCounter, [*KEYS, *COUNTED], found, "DO NOTHING"))


def _sum(column: Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(column), 0)
