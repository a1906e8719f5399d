"""What could go but for its turn."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from config.vocabulary import OnDoubt
from models.account import Account, Slot
from models.notice import Delivery, Notice
from notifications.outbox.accounts import is_claimable, is_paused, is_spent
from notifications.outbox.truth import UNSENT


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many deliveries wait for their account, and when the first of these accounts may send again."""

    count: int = 0
    until: datetime | None = None


def find_waiting(session: Session, now: datetime) -> Waiting:
    """Find the deliveries whose account is paused, or has sent all that it may in its period.

    Of a paused account those count whose own wait is over by its end.
    """
    next_slot = (
        select(func.min(col(Slot.free_at))).where(col(Slot.account_id) == Account.id).correlate(Account)
    ).scalar_subquery()
    resting = select(col(Account.id), col(Account.paused_until), next_slot).where(or_(is_paused(now), is_spent(now)))
    found = Waiting()
    for account_id, paused_until, free_at in session.execute(resting).tuples():
        ends = max(instant for instant in (now, paused_until, free_at) if instant is not None)
        if count := _count(session, account_id, now, ends):
            found = Waiting(found.count + count, min(ends, found.until or ends))
    return found


def _count(session: Session, account_id: int, now: datetime, ends: datetime) -> int:
    query = (
        select(func.count())
        .select_from(Delivery)
        .join(Notice, col(Notice.id) == Delivery.notice_id)
        .where(
            is_claimable(),
            col(Delivery.on_doubt).in_(tuple(OnDoubt)),
            col(Delivery.account_id) == account_id,
            col(Delivery.not_before) <= ends,
            col(Notice.status).in_(UNSENT),
            col(Notice.sends_from) <= now,
            col(Notice.sends_until) > ends,
        )
    )
    return session.scalar(query) or 0
