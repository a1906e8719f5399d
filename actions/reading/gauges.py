"""Figures for whoever watches an installation: from counters and the ends of indexes, whatever lies in the tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import ColumnElement, case, func, literal, select
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import Session, col

from actions.house import House
from config.vocabulary import AssignmentStatus, CampaignStatus, DeliveryStatus, NoticeStatus, Outcome
from models.assignment import Counter
from models.campaign import Campaign, Stage
from models.database import snapshot
from models.notice import Attempt, Delivery, Notice
from models.window import Window

RECENT = timedelta(hours=24)
"""Notices that are settled are counted when their send window opened within this time."""

ATTEMPTS = 1_000
"""How many of the newest attempts are looked at for how long deliveries took."""

LATELY = timedelta(minutes=15)
"""Of these, what was sent within this time."""

_SETTLED = (NoticeStatus.SENT, NoticeStatus.CANCELLED)
_UNSETTLED = tuple(status for status in NoticeStatus if status not in _SETTLED)
_IN_HAND = tuple(status for status in DeliveryStatus if status not in (DeliveryStatus.SENT, DeliveryStatus.CANCELLED))

Status = TypeVar("Status", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Gauges:
    """How an installation stands at an instant.

    `assignments` and `overdue` are those of running campaigns, by their codes. `oldest_wait` is how long ago the
    send window opened of the planned notice that waits longest, zero where none waits. `latencies` are the times
    from when a message could go until it was accepted, for what was sent lately.
    """

    assignments: Mapping[tuple[str, AssignmentStatus], int]
    overdue: Mapping[str, int]
    notices: Mapping[NoticeStatus, int]
    deliveries: Mapping[DeliveryStatus, int]
    oldest_wait: timedelta
    latencies: Sequence[timedelta]


def read_gauges(house: House, *, now: datetime) -> Gauges:
    """Read the figures; what they cost follows what is under way, not what was ever done."""
    with snapshot(house.engine) as session:
        assignments, overdue = _read_work(session, now)
        return Gauges(
            assignments=assignments,
            overdue=overdue,
            notices=_count_notices(session, now),
            deliveries=_count_by(session, col(Delivery.status), _IN_HAND),
            oldest_wait=_oldest_wait(session, now),
            latencies=_latencies(session, now),
        )


def _read_work(session: Session, now: datetime) -> tuple[Mapping[tuple[str, AssignmentStatus], int], Mapping[str, int]]:
    is_open = col(Counter.total) - col(Counter.done) - col(Counter.waived)
    query = (
        select(
            col(Campaign.code),
            func.sum(is_open),
            func.sum(col(Counter.done)),
            func.sum(col(Counter.waived)),
            func.sum(case((col(Counter.due_at) <= now, is_open), else_=literal(0))),
        )
        .select_from(Campaign)
        .join(Stage, col(Stage.campaign_id) == Campaign.id)
        .join(Window, col(Window.stage_id) == Stage.id)
        .join(Counter, col(Counter.window_id) == Window.id)
        .where(col(Campaign.status) == CampaignStatus.RUNNING)
        .group_by(col(Campaign.code))
    )
    assignments: dict[tuple[str, AssignmentStatus], int] = {}
    overdue: dict[str, int] = {}
    for code, unsettled, done, waived, late in session.execute(query):
        by_status = {
            AssignmentStatus.OPEN: unsettled,
            AssignmentStatus.DONE: done,
            AssignmentStatus.WAIVED: waived,
        }
        assignments |= {(code, status): int(count) for status, count in by_status.items()}
        overdue[code] = int(late)
    return assignments, overdue


def _count_notices(session: Session, now: datetime) -> Mapping[NoticeStatus, int]:
    recently = col(Notice.sends_from) > now - RECENT
    return _count_by(session, col(Notice.status), _UNSETTLED) | _count_by(
        session, col(Notice.status), _SETTLED, recently
    )


def _count_by(
    session: Session, column: SQLCoreOperations[Status], wanted: Sequence[Status], *conditions: ColumnElement[bool]
) -> dict[Status, int]:
    """Count by status, from an index that begins with it; of some there may be none."""
    query = select(column, func.count()).where(column.in_(wanted), *conditions).group_by(column)
    found = dict(session.execute(query).tuples().all())
    return {status: int(found.get(status, 0)) for status in wanted}


def _oldest_wait(session: Session, now: datetime) -> timedelta:
    query = select(func.min(col(Notice.sends_from))).where(col(Notice.status) == NoticeStatus.PLANNED)
    since = session.execute(query).scalar_one()
    return max(now - since, timedelta()) if since else timedelta()


def _latencies(session: Session, now: datetime) -> Sequence[timedelta]:
    newest = select(col(Attempt.id)).order_by(col(Attempt.id).desc()).limit(ATTEMPTS).subquery()
    query = (
        select(col(Attempt.ended_at), col(Notice.sends_from), col(Notice.planned_at))
        .join(newest, newest.c.id == Attempt.id)
        .join(Delivery, col(Delivery.id) == Attempt.delivery_id)
        .join(Notice, col(Notice.id) == Delivery.notice_id)
        .where(col(Attempt.outcome) == Outcome.ACCEPTED, col(Attempt.ended_at) > now - LATELY)
    )
    return sorted(ended - max(opened, planned) for ended, opened, planned in session.execute(query))
