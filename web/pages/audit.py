"""The audit record."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response

from actions.reading.campaigns import read_definitions, read_titles
from actions.reading.events import EventFilter, EventState, read_events
from actions.reading.pages import Page
from config.vocabulary import EventKind, Permission
from web.facts import Facts
from web.fields import Fields
from web.forms import SentForm
from web.identity.doors import User, caller_of
from web.inputs import LONGEST_CODE, LONGEST_NAME, After
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
    fields = Fields(SentForm({"kind": kind, "actor": actor, "campaign": campaign, "branch": branch, "day": day}))
    found: Page[EventState] = Page((), None)
    zone = ZoneInfo(here.house.settings.timezone)
    wanted = EventFilter(
        kind=fields.word("kind", EventKind),
        actor=fields.words("actor", LONGEST_NAME),
        campaign=fields.words("campaign", LONGEST_CODE),
        branch=fields.words("branch", LONGEST_CODE),
        day=fields.day("day"),
    )
    if not fields.faults:
        with fields.beside():
            found = read_events(here.house, wanted, limit=ROWS, older_than=after, scope=caller.scope)
    typed = fields.back("filter", here.language)
    return page(
        here,
        "audit.html",
        status=typed.status,
        events=found.rows,
        record=Record(Facts(here.language, zone), read_definitions(here.house, _campaigns(found.rows))),
        pager=pager_of(here, found),
        typed=typed,
        kinds=tuple(EventKind),
        campaigns=read_titles(here.house, caller.scope),
        zone=zone,
    )


def _campaigns(events: Sequence[EventState]) -> frozenset[str]:
    return frozenset(event.campaign for event in events if event.campaign)
