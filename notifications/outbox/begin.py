"""Begin the sending of claimed deliveries, and give back what is not to be sent now."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Insert, Select, Update, and_, bindparam, delete, func, insert, or_, select, update
from sqlmodel import Session
from sqlmodel.sql.sqltypes import UTCDateTime

from config.vocabulary import ChannelStatus, DeliveryStatus
from models.account import Account
from models.dialects import table_of
from models.notice import Attempt, Delivery, Notice
from models.officer import Channel
from models.parameters import DELIVERIES, NOW, among
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
    connection = session.connection()
    connection.execute(_marking(), {"deliveries": ids, "lease_end": now + LEASE})
    connection.execute(_opening_attempts(), {"deliveries": ids, "now": now})
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
    given = {"deliveries": list(deliveries), "token": token, "now": now}
    return [_Mine(*row) for row in session.connection().execute(_holding(), given)]


# Every flight needs these three: they are put together once, and only executed then.


@cache
def _holding() -> Select[Any]:
    delivery, notice, channel, account = (table_of(model) for model in (Delivery, Notice, Channel, Account))
    may_go = and_(
        delivery.c.lease_until > NOW,
        notice.c.sends_until > NOW,
        channel.c.status == ChannelStatus.ACTIVE,
        or_(account.c.paused_until.is_(None), account.c.paused_until <= NOW),
    )
    return (
        select(delivery.c.id, may_go, account.c.rate_seconds)
        .select_from(delivery)
        .join(notice, notice.c.id == delivery.c.notice_id)
        .join(channel, channel.c.id == delivery.c.channel_id)
        .join(account, account.c.id == delivery.c.account_id, isouter=True)
        .where(
            among(delivery.c.id, DELIVERIES),
            delivery.c.status == DeliveryStatus.CLAIMED,
            delivery.c.lease_token == bindparam("token"),
        )
        .with_for_update(of=delivery)
    )


@cache
def _marking() -> Update:
    delivery = table_of(Delivery)
    return (
        update(delivery)
        .where(among(delivery.c.id, DELIVERIES))
        .values(
            status=DeliveryStatus.SENDING,
            attempts=delivery.c.attempts + 1,
            lease_until=bindparam("lease_end", type_=UTCDateTime()),
        )
    )


@cache
def _opening_attempts() -> Insert:
    delivery, attempt = table_of(Delivery), table_of(Attempt)
    last = select(func.max(attempt.c.number)).where(attempt.c.delivery_id == delivery.c.id).scalar_subquery()
    rows = select(delivery.c.id, func.coalesce(last, 0) + 1, NOW).where(among(delivery.c.id, DELIVERIES))
    return insert(attempt).from_select(["delivery_id", "number", "started_at"], rows)
