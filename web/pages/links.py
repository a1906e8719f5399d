"""What the link in a message opens: the own work, without an account."""

from itertools import groupby

from fastapi import APIRouter, Response

from actions.reading.work import WorkState, read_open_work
from notifications.links import PATH
from web.identity.doors import Visitor, caller_of
from web.rendering import page
from web.typed import NOTHING

router = APIRouter()


@router.head(PATH + "{token}")
@router.get(PATH + "{token}")
def show_own_work(here: Visitor, after: int | None = None) -> Response:
    """List the open work, late first, each with one tap to it and one to complete it."""
    caller = caller_of(here)
    found = read_open_work(here.house, scope=caller.scope, now=here.now, after=after)
    groups = [(key, tuple(works)) for key, works in groupby(found.works, _campaign_and_branch)]
    return page(here, "links.html", found=found, groups=groups, after=after, typed=NOTHING)


def _campaign_and_branch(work: WorkState) -> tuple[str, str]:
    return work.campaign, work.branch
