"""The audit record."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from actions.reading.events import EventFilter, read_events
from config.vocabulary import Permission
from web.api.callers import allowed, caller_of
from web.api.outcomes import READS_MANY
from web.api.shapes.events import EventPage, EventQuery, EventShape
from web.context import Here

router = APIRouter(prefix="/events", tags=["events"])

Auditor = Annotated[Here, Depends(allowed(Permission.READ_AUDIT))]


@router.get("", response_model=EventPage, responses=READS_MANY)
def list_events(here: Auditor, query: Annotated[EventQuery, Query()]) -> EventPage:
    """List what happened, what was recorded last first; of a part of the tree, what happened to its branches."""
    wanted = EventFilter(**query.conditions)
    page = read_events(here.house, wanted, limit=query.limit, older_than=query.after, scope=caller_of(here).scope)
    return EventPage.of(page, EventShape.of)
