"""The campaigns there are."""

from fastapi import APIRouter, Response

from actions.reading.campaigns import read_campaigns
from web.identity.doors import User
from web.rendering import page

router = APIRouter()


@router.get("/")
def show_campaigns(here: User) -> Response:
    """List the campaigns, the newest first."""
    return page(here, "campaigns.html", campaigns=read_campaigns(here.house))
