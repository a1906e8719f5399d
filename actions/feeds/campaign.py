"""Read the feed of a campaign: when its windows open, and when they are to close."""

from datetime import datetime

from sqlmodel import select

from actions.access.callers import caller_of
from actions.feeds.entries import FeedState, Revision, WindowDay, revision_of
from actions.house import House
from actions.reading.schedule import WindowState, schedule_of
from actions.rulebook import parse_definition
from config.errors import Unknown
from config.vocabulary import UserStatus
from models.database import snapshot
from models.queries import find_campaign
from models.user import User
from notifications.feeds import CampaignFeed


def read_campaign_feed(house: House, feed: CampaignFeed, *, now: datetime) -> FeedState:
    """Read the days of the windows that branches of the user's take part in.

    Unknown when the address was revoked, or its user is disabled.
    """
    with snapshot(house.engine) as session:
        user = session.exec(select(User).where(User.id == feed.user_id)).one_or_none()
        if user is None or user.status is not UserStatus.ACTIVE or user.link_epoch != feed.epoch:
            raise Unknown("feed: not one of ours, or not all of its address; copy it again")
        caller = caller_of(session, user, now)
        campaign = find_campaign(session, feed.campaign)
        language = caller.language or house.settings.language
        title = parse_definition(campaign.definition).title
        revision = revision_of(session, campaign, caller.scope)
        days = _days(campaign.code, schedule_of(session, campaign, caller.scope), revision)
        return FeedState(campaign.code, title.of(language), language, tuple(sorted(days, key=lambda day: day.day)))


def _days(campaign: str, windows: tuple[WindowState, ...], revision: Revision) -> list[WindowDay]:
    return [
        WindowDay(
            campaign=campaign,
            stage=window.stage,
            title=window.title,
            wave=window.wave,
            wave_name=window.wave_name,
            opens=opens,
            day=window.first_day if opens else window.closed_on or window.last_day,
            is_forecast=window.is_forecast,
            revision=revision,
        )
        for window in windows
        for opens in (True, False)
    ]
