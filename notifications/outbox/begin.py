"""Begin the sending of claimed deliveries, and give back what is not to be sent now."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, delete, func, insert, literal, or_, select, update
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from config.vocabulary import ChannelStatus, DeliveryStatus
from models.account import Account
from models.dialects import table_of
from models.notice import Attempt, Delivery, Notice
from models.officer import Channel
from notifications.outbox.policy import LEASE
from notifications.outbox.slots import free_slots, keep_slots, periods_of


class _Mine(NamedTuple):
    """A delivery that this worker holds, whether it may go now, and the seconds of its account's rate."""

    delivery_id: int
    may_go: bool
    seconds: int | None


def begin_sending(session: Session, token: str, now: datetime, deliveries: Collection[int]) -> frozenset[int]:
    """Mark claimed deliveries as being sent; commit before the first of them leaves.

    Returns those that may be sent. What was taken back in the meantime is in other hands; what may not go
    any more, since its lease or its send window is over, its account rests or its channel was disabled, is
    given back, and no try is counted.
    """
    if not deliveries:
        return frozenset()
    mine = _hold(session, token, now, deliveries)
    going = [one for one in mine if one.may_go]
    give_back(session, now, [one.delivery_id for one in mine if not one.may_go])
    ids = [one.delivery_id for one in going]
    if not ids:
        return frozenset()
    delivery = table_of(Delivery)
    session.execute(
        update(delivery)
        .where(delivery.c.id.in_(ids))
        .values(status=DeliveryStatus.SENDING, attempts=delivery.c.attempts + 1, lease_until=now + LEASE)
    )
    session.execute(
        insert(table_of(Attempt)).from_select(
            ["delivery_id", "number", "started_at"],
            select(delivery.c.id, _next_number(delivery.c.id), literal(now, UTCDateTime())).where(
                delivery.c.id.in_(ids)
            ),
        )
    )
    keep_slots(session, periods_of((one.delivery_id, one.seconds) for one in going), now + LEASE)
    return frozenset(ids)


def give_back(session: Session, now: datetime, deliveries: Collection[int]) -> None:
    """Let others claim deliveries that this worker holds and has not tried; their slots are free at once."""
    if not deliveries:
        return
    delivery = table_of(Delivery)
    session.execute(
        update(delivery)
        .where(delivery.c.id.in_(deliveries))
        .values(status=DeliveryStatus.PLANNED, lease_token=None, lease_until=None)
    )
    free_slots(session, deliveries, now)


def take_back(session: Session, token: str, now: datetime, deliveries: Collection[int]) -> None:
    """Undo the beginning of deliveries that were not tried after all, those that are this worker's still."""
    if not deliveries:
        return
    delivery, attempt = table_of(Delivery), table_of(Attempt)
    is_mine = and_(
        delivery.c.id.in_(deliveries),
        delivery.c.status == DeliveryStatus.SENDING,
        delivery.c.lease_token == token,
    )
    mine = session.scalars(select(delivery.c.id).where(is_mine).with_for_update()).all()
    session.execute(delete(attempt).where(attempt.c.delivery_id.in_(mine), attempt.c.ended_at.is_(None)))
    session.execute(update(delivery).where(delivery.c.id.in_(mine)).values(attempts=delivery.c.attempts - 1))
    give_back(session, now, mine)


def _hold(session: Session, token: str, now: datetime, deliveries: Collection[int]) -> list[_Mine]:
    may_go = and_(
        col(Delivery.lease_until) > now,
        col(Notice.sends_until) > now,
        col(Channel.status) == ChannelStatus.ACTIVE,
        or_(col(Account.paused_until).is_(None), col(Account.paused_until) <= now),
    )
    query = (
        select(col(Delivery.id), may_go, col(Account.rate_seconds))
        .join(Notice, col(Notice.id) == Delivery.notice_id)
        .join(Channel, col(Channel.id) == Delivery.channel_id)
        .join(Account, col(Account.id) == Delivery.account_id, isouter=True)
        .where(
            col(Delivery.id).in_(deliveries),
            col(Delivery.status) == DeliveryStatus.CLAIMED,
            col(Delivery.lease_token) == token,
        )
        .with_for_update(of=table_of(Delivery))
    )
    return [_Mine(*row) for row in session.execute(query)]


def _next_number(delivery_id: ColumnElement[int]) -> ColumnElement[int]:
    last = select(func.max(col(Attempt.number))).where(col(Attempt.delivery_id) == delivery_id).scalar_subquery()
    return func.coalesce(last, 0) + 1
