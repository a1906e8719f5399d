"""The campaigns there are."""

from fastapi import APIRouter, Response

from actions.reading.overview.cards import read_cards
from web.identity.doors import User, caller_of
from web.rendering import page

router = APIRouter()


@router.get("/")
def show_campaigns(here: User) -> Response:
    """Show how each campaign stands, those that run first."""
    return page(here, "campaigns.html", cards=read_cards(here.house, now=here.now, scope=caller_of(here).scope))
