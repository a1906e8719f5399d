"""Let notices go on that are between two tries when their send window ends."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, select, update
from sqlmodel import Session, col

from actions.house import House
from actions.rulebook import open_rulebook
from config.vocabulary import DeliveryStatus, NoticeStatus
from models.campaign import Campaign
from models.database import snapshot, transaction
from models.dialects import in_chunks, table_of
from models.notice import CLAIMABLE, Delivery, Notice, is_digest, may_have_arrived
from rules.reminders import SendSlot


def find_interrupted(house: House, now: datetime) -> list[str]:
    """List the campaigns that have notices between two tries whose send window is over, by code."""
    with snapshot(house.engine) as session:
        query = select(col(Campaign.code)).where(
            col(Campaign.id).in_(_interrupted(now).with_only_columns(col(Notice.campaign_id)))
        )
        return list(session.scalars(query.order_by(col(Campaign.id))))


def renew_send_windows(house: House, campaign: str, now: datetime) -> int:
    """Let a campaign's notices go on that are between two tries and whose send window is over; return how many.

    A digest of which no try can have arrived is planned as it was before them, to be deferred like any
    other: it becomes one with that of the next day, so that nobody has two. One that may have arrived is
    repeated as it is, in the next window, and keeps its day; so does the news of an extension, which stands
    apart anyway. Repeated at the same instant, nothing moves.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        notice = table_of(Notice)
        over = _interrupted(now).where(col(Notice.campaign_id) == rulebook.campaign_id)
        notices = session.scalars(over.with_for_update(of=notice, skip_locked=True)).all()
        slot = rulebook.ladder.send_slot(now)
        for ids in in_chunks(notices):
            called_back = session.scalars(select(notice.c.id).where(notice.c.id.in_(ids), _may_be_called_back())).all()
            plan_as_before(session, called_back, CLAIMABLE)
            _move(session, sorted(set(ids) - set(called_back)), slot)
        return len(notices)


def _interrupted(now: datetime) -> Select[tuple[int]]:
    return (
        select(col(Notice.id))
        .join(Delivery, col(Delivery.notice_id) == Notice.id)
        .where(
            col(Notice.status) == NoticeStatus.SENDING,
            col(Notice.sends_until) <= now,
            col(Delivery.status).in_(CLAIMABLE),
        )
    )


def _may_be_called_back() -> ColumnElement[bool]:
    return and_(is_digest(table_of(Notice)), ~may_have_arrived())


def plan_as_before(session: Session, notices: Collection[int], which: Collection[DeliveryStatus]) -> None:
    """Call their deliveries in these states off, which lets their channels be taken anew, and plan notices again."""
    notice, delivery = table_of(Notice), table_of(Delivery)
    called_off = (delivery.c.notice_id.in_(notices), delivery.c.status.in_(which))
    session.execute(update(delivery).where(*called_off).values(status=DeliveryStatus.CANCELLED))
    session.execute(update(notice).where(notice.c.id.in_(notices)).values(status=NoticeStatus.PLANNED, reason=None))


def _move(session: Session, notices: Collection[int], slot: SendSlot) -> None:
    """Give notices another send window; what is known not to go before it need not be looked at until then."""
    notice, delivery = table_of(Notice), table_of(Delivery)
    window = {"sends_from": slot.opens, "sends_until": slot.closes}
    session.execute(update(notice).where(notice.c.id.in_(notices)).values(window))
    early = (delivery.c.status.in_(CLAIMABLE), delivery.c.not_before < slot.opens)
    session.execute(update(delivery).where(delivery.c.notice_id.in_(notices), *early).values(not_before=slot.opens))
