"""Put notices whose hour has come into the outbox: one delivery each, on the first channel not yet tried."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, func, literal, or_, select, update
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from config.said import Said
from config.vocabulary import ChannelStatus, DeliveryStatus, NoticeStatus
from models.base import choice
from models.dialects import in_chunks, insert_found, is_postgresql, table_of
from models.notice import Delivery, Notice
from models.officer import Channel
from notifications.outbox.report import DeliveryReport

NO_CHANNEL = Said("no active channel")
OVER = (DeliveryStatus.DEAD, DeliveryStatus.CANCELLED)
AGAIN = f"""(notice_id, channel_id) DO UPDATE
SET status = excluded.status, not_before = excluded.not_before, attempts = excluded.attempts,
    account_id = excluded.account_id, on_doubt = excluded.on_doubt
WHERE delivery.status = '{DeliveryStatus.CANCELLED}'"""
"""A delivery that was called off begins anew."""
QUEUE_LOCK = 5_760_422


def is_anything_to_enqueue(session: Session, now: datetime) -> bool:
    """Tell whether `enqueue` would write anything: with very much in the queue it is long about finding out."""
    ready = select(col(Notice.id)).where(_is_ready(now))
    orphans = select(col(Delivery.id)).where(_is_orphan())
    return bool(session.scalar(select(or_(ready.exists(), orphans.exists()))))


def enqueue(session: Session, now: datetime) -> DeliveryReport:
    """Give every planned notice whose send window is open a delivery, unless it has one under way.

    The channel is the reader's active one of the lowest rank that has not failed for good; a reader
    without any makes the notice dead, and it goes again when requeued. Repeatable, and harmless when
    several workers do it at once.
    """
    if is_postgresql(session):  # SQLite's writers already wait for one another
        session.execute(select(func.pg_advisory_xact_lock(QUEUE_LOCK)))
    _cancel_orphans(session)
    is_ready = _is_ready(now)
    # Found first and joined then: a planner that may do both at once tries every channel for every notice.
    found: Select[Any] = select(col(Notice.id).label("notice_id"), first_channel().label("channel_id")).where(is_ready)
    going = found.cte("going").prefix_with("MATERIALIZED")
    ready = (
        select(
            going.c.notice_id,
            going.c.channel_id,
            col(Channel.account_id),
            col(Channel.on_doubt),
            literal(DeliveryStatus.PLANNED, choice(DeliveryStatus)),
            literal(now, UTCDateTime()),
            literal(0, Integer),
        )
        .join(Channel, col(Channel.id) == going.c.channel_id)
        .order_by(going.c.notice_id)
    )
    columns = ["notice_id", "channel_id", "account_id", "on_doubt", "status", "not_before", "attempts"]
    session.execute(insert_found(Delivery, columns, ready, AGAIN))
    return DeliveryReport(dead=_give_up(session, is_ready))


def _give_up(session: Session, is_ready: ColumnElement[bool]) -> int:
    """Make dead what is ready and has no channel left; what a planner holds just now is left to the next time.

    So is what was planned, or planned again, since the deliveries were made: it has none yet, but a way to go.
    """
    notice = table_of(Notice)
    query = select(notice.c.id).where(is_ready, first_channel().is_(None)).with_for_update(skip_locked=True)
    stranded = session.scalars(query).all()
    for ids in in_chunks(stranded):
        dead = {"status": NoticeStatus.DEAD, "reason": NO_CHANNEL}
        session.execute(update(notice).where(notice.c.id.in_(ids)).values(dead))
    return len(stranded)


def _cancel_orphans(session: Session) -> None:
    """Call off deliveries not begun of notices that were cancelled elsewhere."""
    delivery = table_of(Delivery)
    session.execute(update(delivery).where(_is_orphan()).values(status=DeliveryStatus.CANCELLED))


def _is_orphan() -> ColumnElement[bool]:
    is_cancelled = (
        select(col(Notice.id))
        .where(col(Notice.id) == Delivery.notice_id, col(Notice.status) == NoticeStatus.CANCELLED)
        .correlate(Delivery)
        .exists()
    )
    return and_(col(Delivery.status) == DeliveryStatus.PLANNED, is_cancelled)


def _is_ready(now: datetime) -> ColumnElement[bool]:
    return and_(
        col(Notice.status) == NoticeStatus.PLANNED,
        col(Notice.sends_from) <= now,
        col(Notice.sends_until) > now,
        ~_is_under_way(),
    )


def _is_under_way() -> ColumnElement[bool]:
    return (
        select(col(Delivery.id))
        .where(col(Delivery.notice_id) == Notice.id, col(Delivery.status).not_in(OVER))
        .correlate(Notice)
        .exists()
    )


def first_channel() -> ColumnElement[int | None]:
    """Find, in a query of notices, the channel that the next delivery would take; null when none is left."""
    has_failed = (
        select(col(Delivery.id))
        .where(
            col(Delivery.notice_id) == Notice.id,
            col(Delivery.channel_id) == Channel.id,
            col(Delivery.status) == DeliveryStatus.DEAD,
        )
        .correlate(Notice, Channel)
        .exists()
    )
    return (
        select(col(Channel.id))
        .where(col(Channel.officer_id) == Notice.officer_id, col(Channel.status) == ChannelStatus.ACTIVE, ~has_failed)
        .order_by(col(Channel.rank), col(Channel.id))
        .limit(1)
        .correlate(Notice)
        .scalar_subquery()
    )
