"""Begin the sending of claimed deliveries, and write down what became of it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, insert, literal, select, update
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from config.vocabulary import DeliveryStatus, NoticeStatus, Outcome
from models.dialects import table_of
from models.notice import Attempt, Delivery, Notice
from models.officer import Channel
from notifications.channels.message import Verdict
from notifications.outbox.policy import LEASE, Step, next_step
from notifications.outbox.queue import first_channel
from notifications.outbox.report import DeliveryReport

LONGEST_DETAIL = 400
LONGEST_RECEIPT = 200
NOTICE_STATUS = {
    DeliveryStatus.SENT: NoticeStatus.SENT,
    DeliveryStatus.HELD: NoticeStatus.HELD,
    DeliveryStatus.DEAD: NoticeStatus.DEAD,
}


@dataclass(frozen=True, slots=True)
class Settlement:
    """A delivery in flight, the verdict on it, and what follows."""

    delivery_id: int
    notice_id: int
    tries: int
    verdict: Verdict
    step: Step


def begin_sending(session: Session, token: str, now: datetime, deliveries: Collection[int]) -> frozenset[int]:
    """Mark claimed deliveries as being sent; commit before the first of them leaves.

    Returns those that are this worker's still: what was taken back in the meantime must not be sent.
    """
    delivery = table_of(Delivery)
    mine = (
        select(delivery.c.id)
        .where(
            delivery.c.id.in_(deliveries),
            delivery.c.status == DeliveryStatus.CLAIMED,
            delivery.c.lease_token == token,
            delivery.c.lease_until > now,
        )
        .with_for_update()
    )
    held = session.scalars(mine).all()
    session.execute(
        update(delivery)
        .where(delivery.c.id.in_(held))
        .values(status=DeliveryStatus.SENDING, attempts=delivery.c.attempts + 1, lease_until=now + LEASE)
    )
    session.execute(
        insert(table_of(Attempt)).from_select(
            ["delivery_id", "number", "started_at"],
            select(delivery.c.id, _next_number(delivery.c.id), literal(now, UTCDateTime())).where(
                delivery.c.id.in_(held)
            ),
        )
    )
    return frozenset(held)


def settle(session: Session, token: str, now: datetime, verdicts: Mapping[int, Verdict]) -> DeliveryReport:
    """Move deliveries on by their verdicts, those that are this worker's still.

    A delivery that was taken back in the meantime is in other hands, and is left to them.
    """
    query = (
        select(col(Delivery.id), col(Delivery.notice_id), col(Delivery.attempts), col(Channel.on_doubt))
        .join(Channel, col(Channel.id) == Delivery.channel_id)
        .where(
            col(Delivery.id).in_(verdicts),
            col(Delivery.status) == DeliveryStatus.SENDING,
            col(Delivery.lease_token) == token,
        )
        .with_for_update(of=table_of(Delivery))
    )
    settled: list[Settlement] = []
    for delivery_id, notice_id, tries, on_doubt in session.execute(query):
        verdict = verdicts[delivery_id]
        step = next_step(verdict, tries, on_doubt=on_doubt, now=now)
        settled.append(Settlement(delivery_id, notice_id, tries, verdict, step))
    return write_down(session, settled, now)


def write_down(session: Session, settled: Sequence[Settlement], now: datetime) -> DeliveryReport:
    """Write what became of deliveries, their attempts and their notices; the caller holds their rows.

    A notice whose delivery is dead is planned again where its reader has a channel left to try.
    """
    if not settled:
        return DeliveryReport()
    # In the order in which notices are locked everywhere, so that none waits for another in a circle.
    settled = sorted(settled, key=attrgetter("notice_id"))
    connection = session.connection()
    connection.execute(_move_deliveries(), [_delivery_row(one, now) for one in settled])
    connection.execute(_end_attempts(now), [_attempt_row(one) for one in settled])
    dead = [one.notice_id for one in settled if one.step.status is DeliveryStatus.DEAD]
    goes_on = _find_another_way(session, dead)
    final = [one for one in settled if one.step.status in NOTICE_STATUS]
    if final:
        connection.execute(_end_notices(), [_notice_row(one, one.notice_id in goes_on) for one in final])
    count = Counter(one.step.status for one in settled)
    return DeliveryReport(
        sent=count[DeliveryStatus.SENT],
        failed=count[DeliveryStatus.FAILED] + count[DeliveryStatus.UNKNOWN] + len(goes_on),
        held=count[DeliveryStatus.HELD],
        dead=count[DeliveryStatus.DEAD] - len(goes_on),
    )


def _find_another_way(session: Session, notices: Collection[int]) -> frozenset[int]:
    """Find the notices that may go by another channel: one is left, and none may have brought it through."""
    if not notices:
        return frozenset()
    may_have_arrived = (
        select(col(Attempt.id))
        .join(Delivery, col(Delivery.id) == Attempt.delivery_id)
        .where(col(Delivery.notice_id) == Notice.id, col(Attempt.outcome) == Outcome.AMBIGUOUS)
        .correlate(Notice)
        .exists()
    )
    query = select(col(Notice.id)).where(col(Notice.id).in_(notices), first_channel().is_not(None), ~may_have_arrived)
    return frozenset(session.scalars(query))


def _next_number(delivery_id: ColumnElement[int]) -> ColumnElement[int]:
    last = select(func.max(col(Attempt.number))).where(col(Attempt.delivery_id) == delivery_id).scalar_subquery()
    return func.coalesce(last, 0) + 1


def _move_deliveries() -> Any:
    delivery = table_of(Delivery)
    return (
        update(delivery)
        .where(delivery.c.id == bindparam("key"))
        .values(
            status=bindparam("new_status"),
            not_before=func.coalesce(bindparam("new_not_before", type_=UTCDateTime()), delivery.c.not_before),
            attempts=bindparam("new_attempts"),
            sent_at=bindparam("new_sent_at"),
            receipt=bindparam("new_receipt"),
            lease_token=None,
            lease_until=None,
        )
    )


def _delivery_row(one: Settlement, now: datetime) -> dict[str, Any]:
    receipt = one.verdict.receipt
    return {
        "key": one.delivery_id,
        "new_status": one.step.status,
        "new_not_before": one.step.not_before,
        "new_attempts": one.tries if one.step.counts else one.tries - 1,
        "new_sent_at": now if one.step.status is DeliveryStatus.SENT else None,
        "new_receipt": receipt and receipt[:LONGEST_RECEIPT],
    }


def _end_attempts(now: datetime) -> Any:
    attempt = table_of(Attempt)
    return (
        update(attempt)
        .where(attempt.c.delivery_id == bindparam("key"), attempt.c.ended_at.is_(None))
        .values(ended_at=now, outcome=bindparam("new_outcome"), detail=bindparam("new_detail"))
    )


def _attempt_row(one: Settlement) -> dict[str, Any]:
    return {
        "key": one.delivery_id,
        "new_outcome": one.verdict.outcome,
        "new_detail": one.verdict.detail[:LONGEST_DETAIL],
    }


def _end_notices() -> Any:
    notice = table_of(Notice)
    return (
        update(notice)
        .where(notice.c.id == bindparam("key"))
        .values(status=bindparam("new_status"), reason=bindparam("new_reason"))
    )


def _notice_row(one: Settlement, goes_on: bool) -> dict[str, Any]:
    needs_no_reason = goes_on or one.step.status is DeliveryStatus.SENT
    return {
        "key": one.notice_id,
        "new_status": NoticeStatus.PLANNED if goes_on else NOTICE_STATUS[one.step.status],
        "new_reason": None if needs_no_reason else one.verdict.detail[:LONGEST_DETAIL],
    }
