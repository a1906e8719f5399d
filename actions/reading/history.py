"""Read what happened to a branch in a campaign: who did what, when, and why."""

from dataclasses import dataclass

from sqlmodel import col, or_

from actions.house import House
from actions.reading.events import EventState, event_state, select_events
from models.branch import Branch
from models.campaign import Campaign
from models.database import snapshot
from models.event import Event
from models.scope import EVERYTHING, Scope

ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class History:
    """A page of events, the latest first; `next` is what the next page begins before."""

    events: tuple[EventState, ...]
    next: int | None


def read_history(
    house: House, campaign: str, branch: str, *, scope: Scope = EVERYTHING, before: int | None = None
) -> History:
    """Read the events of a branch in a campaign, and those of its own; none for a branch that is not in the scope."""
    with snapshot(house.engine) as session:
        query = (
            select_events()
            .where(
                col(Branch.code) == branch,
                scope.branches,
                or_(col(Event.campaign_id).is_(None), col(Campaign.code) == campaign),
            )
            .order_by(col(Event.id).desc())
            .limit(ON_A_PAGE + 1)
        )
        if before is not None:
            query = query.where(col(Event.id) < before)
        events = tuple(event_state(*row) for row in session.execute(query).tuples())
    page = events[:ON_A_PAGE]
    return History(page, page[-1].number if len(events) > ON_A_PAGE else None)
