"""The entries of a feed: deadlines of work that is open, and the days of windows."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlmodel import Session, col

from config.definition.text import Text
from config.vocabulary import Language
from models.branch import Branch
from models.campaign import Campaign
from models.event import Event
from models.scope import Scope


@dataclass(frozen=True, slots=True)
class Revision:
    """When what an entry says was last changed, and a number that grows with every change of it."""

    at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last allowed day of a task for so many branches that have not answered; names where they are few."""

    campaign: str
    campaign_title: Text
    stage: str
    task: str
    title: Text
    day: date
    open: int
    branches: tuple[str, ...]
    revision: Revision


@dataclass(frozen=True, slots=True)
class WindowDay:
    """The first or the last day of a window; a forecast while it follows from another that is not closed yet."""

    campaign: str
    stage: str
    title: Text
    wave: str
    wave_name: Text
    opens: bool
    day: date
    is_forecast: bool
    revision: Revision


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed: what it is of by code and by name, in which language, and its entries by their days."""

    code: str
    title: str
    language: Language
    entries: tuple[Deadline, ...] | tuple[WindowDay, ...]


def revision_of(session: Session, campaign: Campaign, scope: Scope) -> Revision:
    """Find the last change of a campaign that concerns the branches of a scope: one of theirs, or of no branch."""
    concerned = or_(
        col(Event.branch_id).is_(None), col(Event.branch_id).in_(select(col(Branch.id)).where(scope.branches))
    )
    last = (
        select(col(Event.at))
        .where(col(Event.campaign_id) == campaign.id, concerned)
        .order_by(col(Event.id).desc())
        .limit(1)
    )
    changed = max(campaign.launched_at, session.scalar(last) or campaign.launched_at)
    return Revision(changed, int((changed - campaign.launched_at).total_seconds()) // 60)
