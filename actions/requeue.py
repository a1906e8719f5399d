"""Requeue a notice that was given up or waits for a person: it goes again."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlalchemy import select as select_core
from sqlmodel import Session, col, select

from actions.events import event_row, record
from actions.house import House
from actions.rulebook import rulebook_of
from config.errors import Refusal, Stale, Unknown
from config.said import Said
from config.vocabulary import ChannelStatus, DeliveryStatus, EventKind, NoticeStatus
from models.campaign import Campaign
from models.database import transaction
from models.dialects import table_of
from models.notice import Attempt, Delivery, Notice
from models.officer import Channel, Officer
from models.scope import EVERYTHING, Scope
from notifications.outbox.queue import first_channel

STOPPED = (NoticeStatus.DEAD, NoticeStatus.HELD)


def requeue(house: House, notice_id: int, actor: str, now: datetime, scope: Scope = EVERYTHING) -> None:
    """Send a dead or held notice again, in the next send window.

    On the channel where it is held or failed last, with all its tries before it; on the reader's first
    channel when that one is disabled. Channels that failed before may be tried once more after it. What it
    says is written anew unless an earlier try may have arrived, and it is cancelled if nothing of it is true
    any more. Raises Unknown for a notice that is not there, or not to an officer inside the scope, Stale for one
    in any other state, and Refusal for one whose reader no active channel reaches.
    """
    with transaction(house.engine) as session:
        inside = select(Notice).join(Officer, col(Officer.id) == Notice.officer_id).where(scope.people)
        locked = inside.where(Notice.id == notice_id).with_for_update(of=Notice)
        notice = session.exec(locked).one_or_none()
        if notice is None:
            raise Unknown(
                "notice {number}: there is none of this number",
                hint=Said("`rollcall notices list` shows them"),
                number=notice_id,
            )
        if notice.status not in STOPPED:
            raise Stale(
                "notice {number}: it is {status}; only dead and held notices can go again",
                number=notice_id,
                status=notice.status,
            )
        requeued = requeued_row(notice, actor, now)
        if not send_again(session, house, notice, now):
            raise Refusal(
                "notice {number}: its reader has no active channel",
                hint=Said("`rollcall channel add` gives one"),
                number=notice_id,
            )
        record(session, requeued)


def requeued_row(notice: Notice, actor: str, now: datetime) -> dict[str, Any]:
    """Compose the event of a notice that goes again, while it still says why it stopped."""
    return event_row(
        EventKind.NOTICE_REQUEUED,
        f"notice {notice.id}",
        at=now,
        actor=actor,
        campaign_id=notice.campaign_id,
        before={"status": notice.status, "reason": notice.reason},
        after={"status": NoticeStatus.PLANNED},
    )


def send_again(session: Session, house: House, notice: Notice, now: datetime) -> bool:
    """Let a stopped notice go as it is in the next send window; False, with work half done, where none is reached."""
    campaign = session.exec(select(Campaign).where(Campaign.id == notice.campaign_id)).one()
    slot = rulebook_of(house, campaign).ladder.send_slot(now)
    notice.sends_from, notice.sends_until = slot.opens, slot.closes
    is_planned = _plan_again(session, notice.id, slot.opens)
    if not is_planned and session.scalar(select(first_channel()).where(Notice.id == notice.id)) is None:
        return False
    notice.status = NoticeStatus.SENDING if is_planned else NoticeStatus.PLANNED
    notice.reason = None
    session.add(notice)
    return True


def _plan_again(session: Session, notice_id: int, not_before: datetime) -> bool:
    """Plan the delivery that is held, or the one that died last, where its channel is active; call the others off.

    A delivery that was called off leaves its channel to be taken anew, like one that was never tried.
    """
    stopped = (DeliveryStatus.DEAD, DeliveryStatus.HELD)
    last_try = (
        select_core(func.max(col(Attempt.ended_at))).where(col(Attempt.delivery_id) == Delivery.id).scalar_subquery()
    )
    query = (
        select(Delivery.id, Channel)
        .join(Channel, col(Channel.id) == Delivery.channel_id)
        .where(Delivery.notice_id == notice_id, col(Delivery.status).in_(stopped))
        .order_by(col(Delivery.status) != DeliveryStatus.HELD, last_try.desc().nulls_last(), col(Delivery.id).desc())
    )
    found = session.exec(query).all()
    delivery = table_of(Delivery)
    stopped_here = delivery.c.id.in_([key for key, _ in found])
    session.execute(update(delivery).where(stopped_here).values(status=DeliveryStatus.CANCELLED))
    again = next(((key, channel) for key, channel in found if channel.status is ChannelStatus.ACTIVE), None)
    if again is None:
        return False
    key, channel = again
    planned = {"status": DeliveryStatus.PLANNED, "not_before": not_before, "attempts": 0}
    # As the channel has it by now: it may have been put under an account since.
    turn = {"account_id": channel.account_id, "on_doubt": channel.on_doubt}
    session.execute(update(delivery).where(delivery.c.id == key).values(planned | turn))
    return True
