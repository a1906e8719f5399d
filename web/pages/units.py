"""A unit in a campaign, down the tree to its branches."""

from fastapi import APIRouter, Response

from actions.reading.overview.unit import read_unit
from web.charts.heat import SHARES, Shown, worst_first
from web.identity.doors import User, caller_of
from web.paging import PageNumber, Paging, cut, offset_of
from web.rendering import page

router = APIRouter()

A_PAGE = 50


@router.get("/campaigns/{campaign}/units/{unit}")
def show_unit(
    here: User, campaign: str, unit: str, show: Shown = Shown.COMPLETENESS, number: PageNumber = 1
) -> Response:
    """Show how a unit stands, with the units right below it and the branches of its own."""
    overview = read_unit(
        here.house,
        campaign,
        unit,
        now=here.now,
        limit=A_PAGE,
        offset=offset_of(number, A_PAGE),
        scope=caller_of(here).scope,
    )
    parts, paging = cut(worst_first(overview.parts, SHARES[show]), number, A_PAGE)
    return page(
        here,
        "unit.html",
        overview=overview,
        units=parts,
        paging=Paging(number, paging.has_more or overview.has_more),
        show=show,
    )
