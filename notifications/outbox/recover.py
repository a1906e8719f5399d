"""Take back what a worker that died was holding."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from config.vocabulary import DeliveryStatus, Outcome
from models.dialects import table_of
from models.notice import Attempt, Delivery
from models.officer import Channel
from notifications.channels.message import Verdict
from notifications.outbox.policy import step_after_crash
from notifications.outbox.report import DeliveryReport
from notifications.outbox.settle import Settlement, write_down

STOPPED = Verdict(Outcome.AMBIGUOUS, "the sender stopped before the answer came; it may have arrived")


def recover(session: Session, now: datetime) -> DeliveryReport:
    """Free every delivery whose lease has run out.

    One that was only claimed did not leave: it is planned again. One that was being sent may have
    arrived: where a repeat does no harm it is sent again, elsewhere it is held for a person. Repeatable,
    and harmless when several workers do it at once.
    """
    tried = select(func.count()).where(col(Attempt.delivery_id) == Delivery.id).correlate(Delivery).scalar_subquery()
    query = (
        select(
            col(Delivery.id),
            col(Delivery.notice_id),
            col(Delivery.status),
            col(Delivery.attempts),
            tried,
            col(Channel.on_doubt),
        )
        .join(Channel, col(Channel.id) == Delivery.channel_id)
        .where(
            col(Delivery.status).in_((DeliveryStatus.CLAIMED, DeliveryStatus.SENDING)),
            col(Delivery.lease_until) <= now,
        )
        .with_for_update(skip_locked=True, of=table_of(Delivery))
    )
    claimed: list[int] = []
    doubtful: list[Settlement] = []
    for delivery_id, notice_id, status, counted, tries, on_doubt in session.execute(query):
        if status is DeliveryStatus.CLAIMED:
            claimed.append(delivery_id)
            continue
        step = step_after_crash(tries, on_doubt=on_doubt, now=now)
        doubtful.append(Settlement(delivery_id, notice_id, counted, STOPPED, step))
    if claimed:
        delivery = table_of(Delivery)
        session.execute(
            update(delivery)
            .where(delivery.c.id.in_(claimed))
            .values(status=DeliveryStatus.PLANNED, lease_token=None, lease_until=None)
        )
    return write_down(session, doubtful, now)
