"""Move on what waits on a channel that was disabled: its turn, which may be hours away, is none any more."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from config.said import Said
from config.vocabulary import ChannelStatus, DeliveryStatus, OnDoubt, Outcome
from models.dialects import table_of
from models.notice import Delivery, Notice
from models.officer import Channel
from notifications.channels.message import Verdict
from notifications.outbox.accounts import is_claimable, is_sendable
from notifications.outbox.policy import Step
from notifications.outbox.report import DeliveryReport
from notifications.outbox.settle import Settlement, write_down

DISABLED = Said("the channel was disabled")


def find_stranded(session: Session, now: datetime) -> Sequence[int]:
    """Find the deliveries that wait on a disabled channel, whatever their own wait or their account's."""
    query = (
        select(col(Delivery.id))
        .join(Notice, col(Notice.id) == Delivery.notice_id)
        .join(Channel, col(Channel.id) == Delivery.channel_id)
        .where(
            is_claimable(),
            col(Delivery.on_doubt).in_(tuple(OnDoubt)),
            col(Channel.status) == ChannelStatus.DISABLED,
            is_sendable(now),
        )
    )
    return session.scalars(query).all()


def move_on(session: Session, deliveries: Sequence[int], now: datetime) -> DeliveryReport:
    """Give up those of the deliveries found that still wait on a disabled channel.

    Their notices go by the next channel, or are dead where none is left. What another worker holds is left
    to it. Repeatable.
    """
    query = (
        select(col(Delivery.id), col(Delivery.notice_id), col(Delivery.attempts), col(Channel.disabled_reason))
        .join(Notice, col(Notice.id) == Delivery.notice_id)
        .join(Channel, col(Channel.id) == Delivery.channel_id)
        .where(col(Delivery.id).in_(deliveries), is_claimable(), col(Channel.status) == ChannelStatus.DISABLED)
        .with_for_update(skip_locked=True, of=(table_of(Delivery), table_of(Notice)))
    )
    return write_down(session, [strand(*row) for row in session.execute(query)], now)


def strand(delivery_id: int, notice_id: int, attempts: int, disabled_reason: str | None) -> Settlement:
    """Give a delivery up whose channel was disabled while it waited."""
    why = f"{DISABLED}: {disabled_reason}" if disabled_reason else DISABLED
    return Settlement(delivery_id, notice_id, attempts, Verdict(Outcome.PERMANENT, why), Step(DeliveryStatus.DEAD))
