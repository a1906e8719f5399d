"""Where feeds are found: their addresses, for those who may have them."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from actions.access.caller import Caller
from actions.house import House
from actions.rulebook import parse_definition
from config.definition.text import Text
from models.campaign import Campaign
from models.database import snapshot
from models.officer import Officer
from models.queries import find_officer
from models.scope import EVERYTHING, Scope
from models.user import User
from notifications.feeds import PURPOSE, CampaignFeed, OfficerFeed, feed_path


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """The path of a feed below where the pages are reached; `title` is the campaign's, None for an officer's."""

    path: str
    title: Text | None = None


def feeds_of(house: House, caller: Caller) -> tuple[FeedAddress, ...]:
    """Return the feeds of somebody who is logged in: the own deadlines of an officer, and every campaign's windows.

    To be shown on the page of the own account; the links of those who have none bear no feed.
    """
    if caller.user_id is None:
        return ()
    with snapshot(house.engine) as session:
        own = _own(session, house, caller.officer_id)
        epoch = session.exec(select(User.link_epoch).where(User.id == caller.user_id)).one()
        newest_first = select(Campaign).order_by(col(Campaign.launched_at).desc(), col(Campaign.id).desc())
        of_campaigns = (
            FeedAddress(
                feed_path(house.seal.derive(PURPOSE), CampaignFeed(campaign.code, caller.user_id, epoch)),
                parse_definition(campaign.definition).title,
            )
            for campaign in session.exec(newest_first)
        )
        return (*own, *of_campaigns)


def feed_of_officer(house: House, officer: str, scope: Scope = EVERYTHING) -> FeedAddress:
    """Return the feed of an officer, to be shown on the officer's page; Unknown for one outside the scope."""
    with snapshot(house.engine) as session:
        return _address(house, find_officer(session, officer, scope))


def _own(session: Session, house: House, officer_id: int | None) -> tuple[FeedAddress, ...]:
    officer = session.get(Officer, officer_id) if officer_id is not None else None
    return (_address(house, officer),) if officer is not None else ()


def _address(house: House, officer: Officer) -> FeedAddress:
    return FeedAddress(feed_path(house.seal.derive(PURPOSE), OfficerFeed(officer.code, officer.link_epoch)))
