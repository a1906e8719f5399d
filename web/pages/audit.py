"""The audit record."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response

from actions.reading.campaigns import read_campaigns
from actions.reading.events import EventFilter, EventState, read_events
from actions.reading.pages import Page
from config.errors import Refusal
from config.vocabulary import EventKind, Permission
from web.identity.doors import User, caller_of
from web.paging import ROWS, pager_of
from web.rendering import page
from web.typed import LONGEST_CODE, LONGEST_NAME, After, day_or_none, refused, word_or_none, words_or_none

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that an event changed; what it was or is has no words where there was, or is, nothing."""

    what: str
    before: str | None
    after: str | None


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
    trouble = None
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
        changes=changes_of,
        pager=pager_of(here, found),
        typed=typed,
        refused=trouble,
        kinds=tuple(EventKind),
        campaigns=read_campaigns(here.house),
        zone=ZoneInfo(here.house.settings.timezone),
    )


def changes_of(event: EventState) -> tuple[Change, ...]:
    """Hold what was before against what is after, leaving out what stayed."""
    names = dict.fromkeys((*event.before, *event.after))
    changes = (Change(name, _said(event.before.get(name)), _said(event.after.get(name))) for name in names)
    return tuple(change for change in changes if change.before != change.after)


def _said(value: object) -> str | None:
    match value:
        case None | "" | [] | {}:
            return None
        case list():
            return ", ".join(_said(each) or "–" for each in value)
        case dict():
            return ", ".join(f"{name}: {_said(each) or '–'}" for name, each in value.items())
    return str(value)
