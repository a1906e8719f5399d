"""Report channels that were given up to the coordinators of those who are no longer reached by them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, and_, case, column, func, select, update
from sqlmodel import Session, col

from actions.events import PATROL, event_row, record
from actions.house import House
from actions.reminders.audience import Overseers
from actions.reminders.lines import news_lines
from actions.reminders.notices import tell_in_digests
from actions.rulebook import open_rulebook
from config.vocabulary import CampaignStatus, ChannelStatus, EventKind, OfficerRole, Section
from models.branch import Branch
from models.campaign import Campaign
from models.database import snapshot, transaction
from models.dialects import in_chunks, table_of, values_table
from models.officer import Channel, Officer
from models.unit import Unit


def find_unreported(house: House) -> list[str]:
    """List the campaigns that run, by code, when there is a channel to be reported: any of them may do it."""
    with snapshot(house.engine) as session:
        if session.scalar(select(col(Channel.id)).where(_is_unreported()).limit(1)) is None:
            return []
        running = select(col(Campaign.code)).where(col(Campaign.status) == CampaignStatus.RUNNING)
        return list(session.scalars(running.order_by(col(Campaign.id))))


def report_channels(house: House, campaign: str, *, now: datetime) -> int:
    """Tell the coordinators of every channel that was given up since the last time; return how many notices were made.

    That is one which a provider refuses for good, and an officer's last one that somebody disabled.

    A line goes into the next digest, by the campaign's send days, of those whose subtree a branch of the
    officer lies in, or the unit that the officer guides or coordinates; nobody is told of a channel of his
    own. Where there is no such coordinator nobody is told: the list of channels shows it all the same.
    A channel is reported once, in one campaign however many run: that it was stands or falls with the
    lines. Repeated, nothing is left; killed, it leaves nothing.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        taken = _turn_reported(session)
        if not taken:
            return 0
        readers = values_table(
            session, "reader", [column("officer_id", Integer), column("id", Integer)], _readers(session, taken)
        )
        told = tell_in_digests(session, rulebook, {"channel_id": news_lines(readers, Section.CHANNEL)}, now)
        planned = event_row(
            EventKind.NOTICES_PLANNED,
            campaign,
            at=now,
            actor=PATROL,
            campaign_id=rulebook.campaign_id,
            after={"notices": told.notices, "channels": len(taken)},
        )
        record(session, planned)
        return told.notices


def _is_unreported() -> ColumnElement[bool]:
    return and_(~col(Channel.is_reported), col(Channel.status) == ChannelStatus.DISABLED)


def _turn_reported(session: Session) -> Sequence[int]:
    """Take the channels that are to be reported, by compare-and-set."""
    channel = table_of(Channel)
    turn = update(channel).where(_is_unreported()).values(is_reported=True).returning(channel.c.id)
    return session.scalars(turn).all()


def _readers(session: Session, channels: Sequence[int]) -> list[tuple[int, int]]:
    """List the coordinators to be told, each once for a channel."""
    overseers = Overseers(session)
    return sorted(
        {
            (coordinator, channel)
            for channel, owner, path in _places(session, channels)
            for coordinator in overseers.of(path)
            if coordinator != owner
        }
    )


def _places(session: Session, channels: Sequence[int]) -> Iterable[tuple[int, int, str]]:
    """Find where the owners of channels are at work: the paths of their branches' units, or of their own."""
    unit_id = case((col(Officer.role) == OfficerRole.LIAISON, col(Branch.unit_id)), else_=col(Officer.unit_id))
    for run in in_chunks(channels):
        query = (
            select(col(Channel.id), col(Officer.id), func.coalesce(col(Unit.path), ""))
            .select_from(Channel)
            .join(Officer, col(Officer.id) == Channel.officer_id)
            .join(Branch, col(Branch.officer_id) == Officer.id, isouter=True)
            .join(Unit, col(Unit.id) == unit_id, isouter=True)
            .where(col(Channel.id).in_(run))
            .distinct()
        )
        yield from session.execute(query).tuples()
