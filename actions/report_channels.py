"""Report channels that were given up to the coordinators of those who are no longer reached by them."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select, update
from sqlmodel import Session, col

from actions.house import House
from actions.reminders.audience import coordinators_of
from actions.reminders.contact import tell_coordinators
from actions.rulebook import open_rulebook
from config.vocabulary import CampaignStatus, ChannelStatus
from models.campaign import Campaign
from models.database import snapshot, transaction
from models.dialects import table_of
from models.officer import Channel


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
        pairs = _readers(session, taken)
        return tell_coordinators(session, rulebook, "channel_id", pairs, {"channels": len(taken)}, now)


def _is_unreported() -> ColumnElement[bool]:
    return and_(~col(Channel.is_reported), col(Channel.status) == ChannelStatus.DISABLED)


def _turn_reported(session: Session) -> dict[int, int]:
    """Take the channels that are to be reported, each with its owner, by compare-and-set."""
    channel = table_of(Channel)
    turn = update(channel).where(_is_unreported()).values(is_reported=True)
    return dict(session.execute(turn.returning(channel.c.id, channel.c.officer_id)).tuples().all())


def _readers(session: Session, channels: Mapping[int, int]) -> set[tuple[int, int]]:
    """Find the coordinators to be told, each once for a channel."""
    owned: defaultdict[int, list[int]] = defaultdict(list)
    for channel, owner in channels.items():
        owned[owner].append(channel)
    told = coordinators_of(session, list(owned))
    return {(coordinator, channel) for coordinator, owner in told for channel in owned[owner]}
