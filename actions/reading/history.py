"""Read what happened to a branch in a campaign: who did what, when, and why."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, or_, select

from actions.house import House
from config.vocabulary import EventKind
from models.branch import Branch
from models.campaign import Campaign
from models.database import snapshot
from models.event import Event
from models.scope import EVERYTHING, Scope

ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class EventState:
    """An event of the audit record; `facts` is what it says of after, or of before where it says nothing of that."""

    number: int
    at: datetime
    actor: str
    kind: EventKind
    subject: str
    facts: Mapping[str, Any]
    reason: str | None


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
            select(Event)
            .join(Branch, col(Branch.id) == Event.branch_id)
            .join(Campaign, col(Campaign.id) == Event.campaign_id, isouter=True)
            .where(
                Branch.code == branch,
                scope.branches,
                or_(col(Event.campaign_id).is_(None), col(Campaign.code) == campaign),
            )
            .order_by(col(Event.id).desc())
            .limit(ON_A_PAGE + 1)
        )
        if before is not None:
            query = query.where(col(Event.id) < before)
        events = tuple(_state(event) for event in session.exec(query))
    page = events[:ON_A_PAGE]
    return History(page, page[-1].number if len(events) > ON_A_PAGE else None)


def _state(event: Event) -> EventState:
    facts = json.loads(event.after or event.before or "{}")
    return EventState(event.id, event.at, event.actor, event.kind, event.subject, facts, event.reason)
