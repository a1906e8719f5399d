"""Requeue all that was given up of a campaign: after an outage nobody goes through it by number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from actions.defer_notices import defer_notices
from actions.events import record
from actions.house import House
from actions.renew_send_windows import plan_as_before
from actions.requeue import requeued_row, send_again
from config.errors import Refusal
from config.said import Said
from config.vocabulary import ChannelStatus, DeliveryStatus, NoticeStatus
from models.campaign import Campaign
from models.database import transaction
from models.dialects import in_chunks, table_of
from models.notice import Notice, NoticeLine, may_have_arrived
from models.officer import Channel
from models.queries import find_campaign


@dataclass(frozen=True, slots=True)
class Requeued:
    """How many notices go again, and how many stay dead since no active channel reaches their readers."""

    notices: int
    unreached: int


def requeue_dead(house: House, campaign: str, *, actor: str, now: datetime) -> Requeued:
    """Send all dead notices that speak of a campaign again, as far as their readers are reached by now.

    A person still gets one digest a day: those of several days become one, in the next send window. One that
    may have arrived is repeated as it was. What is not true any more is not said. Each has its event, and
    those whose reader has no active channel stay dead. Raises Refusal for an unknown campaign, where nothing
    is dead, and where nobody is reached. Killed, it leaves at most digests that the next patrol makes one.
    """
    with transaction(house.engine) as session:
        dead = _lock_dead(session, find_campaign(session, campaign).id)
        if not dead:
            raise Refusal("campaign {code}: no notice of it is dead", code=campaign)
        going = [notice for notice, is_reached, _ in dead if is_reached]
        if not going:
            raise Refusal(
                "campaign {code}: no active channel reaches a reader of its dead notices",
                hint=Said("`rollcall channel add` gives one"),
                code=campaign,
            )
        record(session, *(requeued_row(notice, actor, now) for notice in going))
        doubtful = {notice.id for notice, _, is_doubtful in dead if is_doubtful}
        for notice in going:
            if notice.id in doubtful:
                send_again(session, house, notice, now)
        for ids in in_chunks([notice.id for notice in going if notice.id not in doubtful]):
            plan_as_before(session, ids, (DeliveryStatus.DEAD,))
        campaigns = _codes(session, {notice.campaign_id for notice in going})
    for code in campaigns:
        defer_notices(house, code, now=now)
    return Requeued(len(going), len(dead) - len(going))


def _lock_dead(session: Session, campaign_id: int) -> Sequence[tuple[Notice, bool, bool]]:
    """Lock the dead notices that speak of a campaign; with each, whether its reader is reached, and it in doubt."""
    speaking = select(NoticeLine.notice_id).where(NoticeLine.campaign_id == campaign_id)
    query = (
        select(Notice, _is_reached(), may_have_arrived())
        .where(Notice.status == NoticeStatus.DEAD, col(Notice.id).in_(speaking))
        .order_by(col(Notice.id))
        .with_for_update(of=table_of(Notice))
    )
    return session.exec(query).all()


def _is_reached() -> ColumnElement[bool]:
    return (
        select(Channel.id)
        .where(Channel.officer_id == Notice.officer_id, Channel.status == ChannelStatus.ACTIVE)
        .correlate(Notice)
        .exists()
    )


def _codes(session: Session, campaigns: set[int]) -> Sequence[str]:
    return session.exec(select(Campaign.code).where(col(Campaign.id).in_(campaigns)).order_by(col(Campaign.id))).all()
