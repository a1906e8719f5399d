"""Notices and what became of them."""

from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response

from actions.reading.campaigns import read_titles
from actions.reading.notice_details import read_notice
from actions.reading.notices import NoticeFilter, NoticeState, read_notice_page
from actions.reading.pages import Page
from actions.reading.places import read_units
from actions.requeue import STOPPED, requeue
from config.errors import Refusal
from config.vocabulary import NoticeStatus, Permission
from notifications.links import hide_links
from web.context import Here
from web.fields import Fields
from web.forms import SentForm
from web.identity.doors import FormUser, User, caller_of
from web.inputs import LONGEST_CODE, LONGEST_NAME, After, Number, done
from web.paging import ROWS, pager_of
from web.rendering import page
from web.typed import NOTHING, Typed, refused

router = APIRouter()


@router.get("/notices")
def show_notices(
    here: User,
    campaign: str = "",
    status: str = "",
    officer: str = "",
    unit: str = "",
    day: str = "",
    after: After = None,
) -> Response:
    """List the notices to the officers inside the caller's scope, the newest day first."""
    caller = caller_of(here)
    fields = Fields(SentForm({"campaign": campaign, "status": status, "officer": officer, "unit": unit, "day": day}))
    found: Page[NoticeState] = Page((), None)
    wanted = NoticeFilter(
        campaign=fields.words("campaign", LONGEST_CODE),
        officer=fields.words("officer", LONGEST_CODE),
        unit=fields.words("unit", LONGEST_NAME),
        status=fields.word("status", NoticeStatus),
        day=fields.day("day"),
    )
    if not fields.faults:
        with fields.beside():
            found = read_notice_page(here.house, wanted, limit=ROWS, after=after, scope=caller.scope)
    typed = fields.back("filter", here.language)
    return page(
        here,
        "notices.html",
        status=typed.status,
        notices=found.rows,
        pager=pager_of(here, found),
        typed=typed,
        campaigns=read_titles(here.house, caller.scope),
        statuses=tuple(NoticeStatus),
        units=read_units(here.house, caller.scope),
    )


@router.get("/notices/{number}")
def show_notice(here: User, number: Number, done: str = "") -> Response:
    """Account for one notice: to whom, why, in which words, and what every try of sending it came to."""
    return _show(here, number, done=done)


@router.post("/notices/{number}/retry")
def retry_notice(here: FormUser, number: Number) -> Response:
    """Send a notice again that was given up or waits for a person; a second time, say how it stands."""
    caller = caller_of(here, Permission.RETRY)
    try:
        requeue(here.house, number, actor=caller.actor, now=here.now, scope=caller.scope)
    except Refusal as refusal:
        return _show(here, number, typed=refused(here, refusal))
    return done(f"/notices/{number}", "planned")


def _show(here: Here, number: int, *, done: str = "", typed: Typed = NOTHING) -> Response:
    caller = caller_of(here)
    detail = read_notice(here.house, number, caller.scope)
    return page(
        here,
        "notice.html",
        status=typed.status,
        detail=detail,
        notice=detail.notice,
        hide_links=hide_links,
        zone=ZoneInfo(here.house.settings.timezone),
        done=done,
        typed=typed,
        may_retry=caller.may(Permission.RETRY) and detail.notice.status in STOPPED,
    )
