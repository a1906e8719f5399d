"""Read the audit record: who did what, when, what it changed, and why."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlmodel import Session, col

from actions.house import House
from actions.reading.pages import Page, page_of
from config.vocabulary import EventKind
from models.branch import Branch
from models.campaign import Campaign
from models.database import snapshot
from models.event import Event
from models.queries import find_branch, find_campaign
from models.scope import EVERYTHING, Scope
from rules.deadlines import end_of, start_of

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EventState:
    """Something that happened, about a campaign, a branch or neither; `subject` names the thing as people do.

    `before` and `after` are what it changed, empty where there is nothing to tell.
    """

    number: int
    at: datetime
    actor: str
    kind: EventKind
    campaign: str | None
    branch: str | None
    branch_name: str | None
    subject: str
    before: Facts
    after: Facts
    reason: str | None


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are asked for; what is None lets all through. A day is one of the settings' zone."""

    kind: EventKind | None = None
    actor: str | None = None
    campaign: str | None = None
    branch: str | None = None
    day: date | None = None


def read_events(
    house: House,
    wanted: EventFilter = EventFilter(),
    *,
    limit: int,
    older_than: int | None = None,
    scope: Scope = EVERYTHING,
) -> Page[EventState]:
    """Read at most `limit` events, what was recorded last first; `older_than` is the number where a page ended.

    A scope that is a part of the tree shows what happened to the branches in it, and nothing else. Raises
    Unknown for a campaign or a branch that is not there, or not inside.
    """
    with snapshot(house.engine) as session:
        query = select_events()
        if not scope.is_everything:
            query = query.where(scope.branches)
        query = _narrowed(session, house, query, wanted, scope)
        if older_than is not None:
            query = query.where(col(Event.id) < older_than)
        found = session.execute(query.order_by(col(Event.id).desc()).limit(limit + 1)).tuples()
        return page_of((event_state(*row) for row in found), limit, lambda event: event.number)


def select_events() -> Select[Any]:
    """Select events with the codes of what they are about, as `event_state` takes them."""
    return (
        select(Event, col(Campaign.code), col(Branch.code), col(Branch.name))
        .select_from(Event)
        .join(Campaign, col(Campaign.id) == Event.campaign_id, isouter=True)
        .join(Branch, col(Branch.id) == Event.branch_id, isouter=True)
    )


def _narrowed(session: Session, house: House, query: Select[Any], wanted: EventFilter, scope: Scope) -> Select[Any]:
    if wanted.kind is not None:
        query = query.where(col(Event.kind) == wanted.kind)
    if wanted.actor is not None:
        query = query.where(col(Event.actor) == wanted.actor)
    if wanted.campaign is not None:
        query = query.where(col(Event.campaign_id) == find_campaign(session, wanted.campaign).id)
    if wanted.branch is not None:
        query = query.where(col(Event.branch_id) == find_branch(session, wanted.branch, scope).id)
    if wanted.day is not None:
        zone = ZoneInfo(house.settings.timezone)
        query = query.where(col(Event.at) >= start_of(wanted.day, zone), col(Event.at) < end_of(wanted.day, zone))
    return query


def event_state(event: Event, campaign: str | None, branch: str | None, branch_name: str | None) -> EventState:
    """Make a state of a selected row."""
    return EventState(
        number=event.id,
        at=event.at,
        actor=event.actor,
        kind=event.kind,
        campaign=campaign,
        branch=branch,
        branch_name=branch_name,
        subject=event.subject,
        before=json.loads(event.before) if event.before else {},
        after=json.loads(event.after) if event.after else {},
        reason=event.reason,
    )
