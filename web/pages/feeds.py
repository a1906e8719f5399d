"""Calendar feeds: read by programs that show the address and nothing else."""

import hashlib
from http import HTTPStatus

from fastapi import APIRouter, Response

from actions.feeds.campaign import read_campaign_feed
from actions.feeds.entries import FeedState
from actions.feeds.officer import read_officer_feed
from notifications.feeds import PATH, PURPOSE, SUFFIX, CampaignFeed, OfficerFeed, open_feed
from web.context import AnyOne, Here
from web.feeds import write_feed

router = APIRouter()

_DIGITS = 32
_OF_HOUSE = 12


@router.api_route(PATH + "{token}" + SUFFIX, methods=["GET", "HEAD"])
def read_feed(here: AnyOne, token: str) -> Response:
    """Answer with the calendar that the address is for, or with 304 when the program has it already."""
    house = here.house
    body = write_feed(_read(here, token), house.seal.fingerprint(PURPOSE)[:_OF_HOUSE], house.settings.web_url)
    tag = f'"{hashlib.sha256(body).hexdigest()[:_DIGITS]}"'
    headers = {
        "ETag": tag,
        "Cache-Control": "private, no-cache",
        "Content-Disposition": 'inline; filename="rollcall.ics"',
    }
    if tag in here.request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


def _read(here: Here, token: str) -> FeedState:
    match open_feed(here.house.seal.derive(PURPOSE), token):
        case OfficerFeed() as feed:
            return read_officer_feed(here.house, feed, now=here.now)
        case CampaignFeed() as feed:
            return read_campaign_feed(here.house, feed, now=here.now)
