"""What is overdue, by unit, by officer and by branch."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from actions.reading.overview.late_work import LatePage, Wanted, read_late_branches, read_late_officers, read_late_units
from config.vocabulary import Permission
from web.identity.doors import User, caller_of
from web.paging import PageNumber, Paging, offset_of
from web.rendering import page

router = APIRouter()

A_PAGE = 50


class By(StrEnum):
    """What the rows stand for."""

    UNIT = "unit"
    OFFICER = "officer"
    BRANCH = "branch"


READERS: Mapping[By, Callable[..., LatePage[Any]]] = {
    By.UNIT: read_late_units,
    By.OFFICER: read_late_officers,
    By.BRANCH: read_late_branches,
}


@router.get("/campaigns/{campaign}/overdue")
def show_overdue(
    here: User,
    campaign: str,
    by: By = By.UNIT,
    unit: Annotated[str | None, Query(max_length=200)] = None,
    number: PageNumber = 1,
) -> Response:
    """List what is overdue; numbers to call are shown to those who may answer for a branch."""
    caller = caller_of(here)
    wanted = Wanted(
        limit=A_PAGE,
        offset=offset_of(number, A_PAGE),
        unit=unit or None,
        phones=caller.may(Permission.ANSWER),
        scope=caller.scope,
    )
    late = READERS[by](here.house, campaign, wanted, now=here.now)
    return page(
        here,
        "overdue.html",
        campaign=campaign,
        late=late,
        by=by,
        unit=unit,
        paging=Paging(number, late.has_more),
    )
