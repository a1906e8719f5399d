"""Give notices that are between two tries a new send window."""

from datetime import datetime

from sqlalchemy import Select, select, update
from sqlmodel import col

from actions.house import House
from actions.rulebook import open_rulebook
from config.vocabulary import NoticeStatus
from models.campaign import Campaign
from models.database import snapshot, transaction
from models.dialects import in_chunks, table_of
from models.notice import CLAIMABLE, Delivery, Notice


def find_interrupted(house: House, now: datetime) -> list[str]:
    """List the campaigns that have notices between two tries whose send window is over, by code."""
    with snapshot(house.engine) as session:
        query = select(col(Campaign.code)).where(
            col(Campaign.id).in_(_interrupted(now).with_only_columns(col(Notice.campaign_id)))
        )
        return list(session.scalars(query.order_by(col(Campaign.id))))


def renew_send_windows(house: House, campaign: str, now: datetime) -> int:
    """Move a campaign's notices that are between two tries and whose send window is over into its next one.

    Returns how many moved; repeated at the same instant, nothing moves. A notice keeps its day.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        notice, delivery = table_of(Notice), table_of(Delivery)
        over = _interrupted(now).where(col(Notice.campaign_id) == rulebook.campaign_id)
        notices = session.scalars(over.with_for_update(of=notice, skip_locked=True)).all()
        slot = rulebook.ladder.send_slot(now)
        window = {"sends_from": slot.opens, "sends_until": slot.closes}
        for ids in in_chunks(notices):
            session.execute(update(notice).where(notice.c.id.in_(ids)).values(window))
            # What is known not to go before then need not be looked at until then.
            early = (delivery.c.status.in_(CLAIMABLE), delivery.c.not_before < slot.opens)
            session.execute(update(delivery).where(delivery.c.notice_id.in_(ids), *early).values(not_before=slot.opens))
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
