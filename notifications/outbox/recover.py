"""Take back what a worker that died was holding."""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from config.said import Said
from config.vocabulary import DeliveryStatus, Outcome
from models.dialects import table_of
from models.notice import Attempt, Delivery
from notifications.channels.message import Verdict
from notifications.outbox.begin import give_back
from notifications.outbox.policy import step_after_crash
from notifications.outbox.report import DeliveryReport
from notifications.outbox.settle import Settlement, write_down
from notifications.outbox.slots import leave_slots

STOPPED = Verdict(Outcome.AMBIGUOUS, Said("the sender stopped before the answer came; it may have arrived"))


def recover(session: Session, now: datetime) -> DeliveryReport:
    """Free every delivery whose lease has run out.

    One that was only claimed did not leave: it is planned again, and its slot is free. One that was being sent may have
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
            col(Delivery.on_doubt),
        )
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
    give_back(session, now, claimed)
    leave_slots(session, [one.delivery_id for one in doubtful])
    return write_down(session, doubtful, now)
