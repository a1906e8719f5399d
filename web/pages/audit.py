"""The audit record."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response

from actions.reading.campaigns import read_definitions, read_titles
from actions.reading.events import EventFilter, EventState, read_events
from actions.reading.pages import Page
from config.errors import Refusal
from config.vocabulary import EventKind, Permission
from web.facts import Facts
from web.identity.doors import User, caller_of
from web.inputs import LONGEST_CODE, LONGEST_NAME, After, day_or_none, refused, word_or_none, words_or_none
from web.paging import ROWS, pager_of
from web.record import Record
from web.rendering import page

router = APIRouter()


@router.get("/audit")
def show_events(
    here: User,
    kind: str = "",
    actor: str = "",
    campaign: str = "",
    branch: str = "",
    day: str = "",
    after: After = None,
) -> Response:
    """Show what happened inside the caller's scope, what was recorded last first."""
    caller = caller_of(here, Permission.READ_AUDIT)
    typed = {"kind": kind, "actor": actor, "campaign": campaign, "branch": branch, "day": day}
    found: Page[EventState] = Page((), None)
    trouble, zone = None, ZoneInfo(here.house.settings.timezone)
    try:
        wanted = EventFilter(
            kind=word_or_none("kind", kind, EventKind),
            actor=words_or_none("actor", actor, LONGEST_NAME),
            campaign=words_or_none("campaign", campaign, LONGEST_CODE),
            branch=words_or_none("branch", branch, LONGEST_CODE),
            day=day_or_none("day", day),
        )
        found = read_events(here.house, wanted, limit=ROWS, older_than=after, scope=caller.scope)
    except Refusal as refusal:
        trouble = refused(here, refusal)
    return page(
        here,
        "audit.html",
        status=trouble.status if trouble else 200,
        events=found.rows,
        record=Record(Facts(here.language, zone), read_definitions(here.house, _campaigns(found.rows))),
        pager=pager_of(here, found),
        typed=typed,
        refused=trouble,
        kinds=tuple(EventKind),
        campaigns=read_titles(here.house, caller.scope),
        zone=zone,
    )


def _campaigns(events: Sequence[EventState]) -> frozenset[str]:
    return frozenset(event.campaign for event in events if event.campaign)
