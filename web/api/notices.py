"""Notices: what became of them, and sent again."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from actions.reading.notice_details import read_notice
from actions.reading.notices import NoticeFilter, read_notice_page
from actions.requeue import requeue
from config.vocabulary import Permission
from web.api.callers import Reader, allowed, caller_of
from web.api.outcomes import CHANGES, READS_MANY, READS_ONE
from web.api.shapes.notices import NoticeDetailShape, NoticePage, NoticeQuery, NoticeShape
from web.api.shapes.shape import Number
from web.api.tags import IfNoneMatch, check_match, one, tag_of
from web.api.writing import Named, carry_out
from web.context import Here

router = APIRouter(prefix="/notices", tags=["notices"])

Notice = Annotated[Number, Path(description="The number of the notice.", examples=[93])]
Retrier = Annotated[Here, Depends(allowed(Permission.RETRY))]


@router.get("", response_model=NoticePage, responses=READS_MANY)
def list_notices(here: Reader, query: Annotated[NoticeQuery, Query()]) -> NoticePage:
    """List the notices to officers, the newest day first."""
    wanted = NoticeFilter(**query.conditions)
    page = read_notice_page(here.house, wanted, limit=query.limit, after=query.after, scope=caller_of(here).scope)
    return NoticePage.of(page, NoticeShape.of)


@router.get("/{notice}", response_model=NoticeDetailShape, responses=READS_ONE)
def show_notice(here: Reader, notice: Notice, known: IfNoneMatch = None) -> Response:
    """Account for one notice: why, in which words, and what every try of sending it came to."""
    return one(_now(here, notice), known)


@router.post("/{notice}/retry", response_model=NoticeDetailShape, responses=CHANGES)
def retry_notice(here: Retrier, notice: Notice, named: Named) -> Response:
    """Send it again, one that is dead or held, in the next send window; of any other state it is 409."""

    def act() -> NoticeDetailShape:
        check_match(named.match, tag_of(_now(here, notice)))
        caller = caller_of(here)
        requeue(here.house, notice, actor=caller.actor, now=here.now, scope=caller.scope)
        return _now(here, notice)

    return carry_out(here, None, named, act)


def _now(here: Here, notice: int) -> NoticeDetailShape:
    return NoticeDetailShape.of_detail(read_notice(here.house, notice, caller_of(here).scope))
