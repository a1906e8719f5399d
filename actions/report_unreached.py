"""Report officers whom no channel reaches to the coordinators above them, before what they should be told is lost."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Integer, Select, column, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from actions.events import PATROL, event_row, record
from actions.house import House
from actions.reading.officers import is_reached
from actions.reminders.audience import coordinators_of
from actions.reminders.lines import news_lines
from actions.reminders.notices import tell_in_digests
from actions.reminders.planning import WEST
from actions.rulebook import open_rulebook
from config.vocabulary import EventKind, NoticeStatus, Section
from models.database import transaction
from models.dialects import values_table
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
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        unreached = session.scalars(_unreached(rulebook.campaign_id, now)).all()
        pairs = sorted(coordinators_of(session, unreached))
        if not pairs:
            return 0
        columns = [column("officer_id", Integer), column("id", Integer)]
        readers = values_table(session, "reader", columns, pairs)
        told = tell_in_digests(session, rulebook, {"unreached_id": news_lines(readers, Section.CHANNEL)}, now)
        planned = event_row(
            EventKind.NOTICES_PLANNED,
            campaign,
            at=now,
            actor=PATROL,
            campaign_id=rulebook.campaign_id,
            after={"notices": told.notices, "unreached": len({officer for _, officer in pairs})},
        )
        record(session, planned)
        return told.notices


def _unreached(campaign_id: int, now: datetime) -> Select[tuple[int]]:
    """Select those who have something to be told, no active channel, and whose coordinators have not heard of it."""
    return (
        select(col(Officer.id))
        .join(Notice, col(Notice.officer_id) == Officer.id)
        .where(
            col(Notice.campaign_id) == campaign_id,
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
