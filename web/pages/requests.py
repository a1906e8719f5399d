"""Extensions that branches ask for, and what is decided."""

from fastapi import APIRouter, Response

from actions.decide_extension import check_undecided, grant_request, refuse_request
from actions.reading.requests import read_requests
from config.errors import Refusal, Stale, Unknown
from config.vocabulary import Permission
from rules.words import LONGEST_REASON
from web.context import Here
from web.fields import Fields
from web.forms import Sent
from web.identity.doors import FormVisitor, User, caller_of
from web.rendering import page
from web.told import and_tell
from web.typed import NOTHING, Typed

router = APIRouter()

REQUESTS = "/requests"


@router.get(REQUESTS)
def show_requests(here: User) -> Response:
    """List the requests, those that wait first."""
    return _page(here)


@router.post(REQUESTS + "/{number}/grant")
def take_grant(here: FormVisitor, sent: Sent, number: int) -> Response:
    """Grant a request, until the day asked for or another one."""
    caller = caller_of(here, Permission.DECIDE)
    fields = Fields(sent)
    until, answer = fields.day("until"), fields.words("answer", LONGEST_REASON)
    if not fields.faults:
        try:
            grant_request(
                here.house, number, until=until, answer=answer, actor=caller.actor, now=here.now, scope=caller.scope
            )
            return and_tell(REQUESTS, "granted")
        except (Stale, Unknown):
            raise
        except Refusal as refusal:
            fields.faults["until"] = refusal
    return _given_back(here, fields, number)


@router.post(REQUESTS + "/{number}/refuse")
def take_refusal(here: FormVisitor, sent: Sent, number: int) -> Response:
    """Refuse a request with an answer."""
    caller = caller_of(here, Permission.DECIDE)
    fields = Fields(sent)
    answer = fields.words("answer", LONGEST_REASON, needed=True)
    if answer is None:
        return _given_back(here, fields, number)
    refuse_request(here.house, number, answer=answer, actor=caller.actor, now=here.now, scope=caller.scope)
    return and_tell(REQUESTS, "refused")


def _given_back(here: Here, fields: Fields, number: int) -> Response:
    """Give a form back with its faults; Stale where it is on the page no more, since somebody else has decided."""
    check_undecided(here.house, number, scope=caller_of(here, Permission.DECIDE).scope)
    return _page(here, fields.back(str(number), here.language))


def _page(here: Here, typed: Typed = NOTHING) -> Response:
    caller = caller_of(here, Permission.DECIDE)
    waiting, settled = read_requests(here.house, scope=caller.scope)
    return page(here, "requests.html", status=typed.status, waiting=waiting, settled=settled, typed=typed)
