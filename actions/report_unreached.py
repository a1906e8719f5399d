"""Report officers whom no channel reaches to the coordinators above them, before what they should be told is lost."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from actions.house import House
from actions.reading.officers import is_reached
from actions.reminders.audience import coordinators_of
from actions.reminders.contact import tell_coordinators
from actions.reminders.planning import WEST
from actions.rulebook import open_rulebook
from config.vocabulary import NoticeStatus
from models.campaign import Campaign
from models.database import snapshot, transaction
from models.notice import Notice, NoticeLine
from models.officer import Channel, Officer
from rules.deadlines import local_day

SILENT_FOR = timedelta(days=30)
"""How long nobody is told of the same officer again: long enough to be no daily nag, short enough for a new reader."""


def report_unreached(house: House, campaign: str, *, now: datetime) -> int:
    """Tell the coordinators of everyone who has something to be told from today on and no active channel.

    Returns how many notices were made. That is anyone with a notice of this campaign that is planned or was given
    up for today or later: an officer with open work, a deputy, a group, a coordinator. A line goes into the
    next digest of those above, like the news of a channel given up. It is said once, whatever the number of
    campaigns, and again after 30 days while it is still so; nor is it said within 30 days after the
    officer's channels were given up, which is told apart. Where there is no such coordinator nobody is told.
    Repeated, nothing is left; killed, it leaves nothing.
    """
    with snapshot(house.engine) as session:
        if not _readers(session, campaign, now):
            return 0
    with transaction(house.engine) as session:
        pairs = _readers(session, campaign, now)
        counted = {"unreached": len({officer for _, officer in pairs})}
        return tell_coordinators(session, open_rulebook(session, house, campaign), "unreached_id", pairs, counted, now)


def _readers(session: Session, campaign: str, now: datetime) -> set[tuple[int, int]]:
    """Find the coordinators to be told, each once for an officer: (coordinator, officer)."""
    return coordinators_of(session, session.scalars(_unreached(campaign, now)).all())


def _unreached(campaign: str, now: datetime) -> Select[tuple[int]]:
    """Select those who have something to be told, no active channel, and whose coordinators have not heard of it."""
    return (
        select(col(Officer.id))
        .join(Notice, col(Notice.officer_id) == Officer.id)
        .join(Campaign, col(Campaign.id) == Notice.campaign_id)
        .where(
            col(Campaign.code) == campaign,
            col(Notice.status).in_((NoticeStatus.PLANNED, NoticeStatus.DEAD)),
            col(Notice.day) >= local_day(now, WEST),
            ~is_reached(),
            ~_was_told_of(now - SILENT_FOR),
        )
        .distinct()
        .order_by(col(Officer.id))
    )


def _was_told_of(since: datetime) -> ColumnElement[bool]:
    """Tell whether it was said since then that nothing reaches the officer, or that a channel was given up."""
    telling = aliased(Notice)
    said = (
        select(col(NoticeLine.id))
        .join(telling, col(telling.id) == NoticeLine.notice_id)
        .where(
            col(NoticeLine.unreached_id) == Officer.id,
            col(NoticeLine.dropped).is_(None),
            col(telling.status) != NoticeStatus.CANCELLED,
            col(telling.day) > local_day(since, WEST),
        )
    )
    given_up = select(col(Channel.id)).where(col(Channel.officer_id) == Officer.id, col(Channel.disabled_at) > since)
    return or_(said.correlate(Officer).exists(), given_up.correlate(Officer).exists())
