"""Charts: drawn for a page, and fetched by it on their own."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response

from actions.reading.overview.campaign import read_campaign_curve
from web.charts.curve import Look, Size, Theme, digest_of, draw_curve
from web.identity.doors import User, caller_of

router = APIRouter()

HEADERS = {
    # Opened by itself a drawing is a page: it may look like one, and do nothing.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Cache-Control": "private, no-cache",
}


@router.get("/campaigns/{campaign}/charts/curve.svg")
def show_curve(
    here: User,
    campaign: str,
    theme: Theme = Theme.LIGHT,
    size: Size = Size.WIDE,
    unit: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """Draw planned against actual; a browser that has the drawing is told that nothing changed."""
    curve = read_campaign_curve(here.house, campaign, now=here.now, scope=caller_of(here).scope, unit=unit)
    look = Look(theme, size, here.language)
    headers = HEADERS | {"ETag": f'"{digest_of(curve, look)}"'}
    if here.request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(draw_curve(curve, look), media_type="image/svg+xml", headers=headers)
