"""Campaigns: what there is, what each runs by, and when."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from actions.reading.campaigns import read_campaigns, read_definition
from actions.reading.schedule import read_schedule
from config.errors import Unknown
from web.api.callers import Reader, caller_of
from web.api.outcomes import READS_MANY, READS_ONE
from web.api.shapes.campaigns import CampaignDetailShape, CampaignShape, CampaignsShape
from web.api.shapes.shape import Code
from web.api.tags import IfNoneMatch, one

router = APIRouter(prefix="/campaigns", tags=["campaigns"])

Campaign = Annotated[Code, Path(description="The code of the campaign.", examples=["baoding-2009"])]


@router.get("", response_model=CampaignsShape, responses=READS_MANY)
def list_campaigns(here: Reader) -> CampaignsShape:
    """List the campaigns that the caller's branches take part in, all of them, the newest first."""
    scope = caller_of(here).scope
    found = ((state, read_schedule(here.house, state.campaign, scope)) for state in read_campaigns(here.house, scope))
    return CampaignsShape(items=tuple(CampaignShape.of(state, windows) for state, windows in found))


@router.get("/{campaign}", response_model=CampaignDetailShape, responses=READS_ONE)
def show_campaign(here: Reader, campaign: Campaign, known: IfNoneMatch = None) -> Response:
    """Read one campaign: its stages with their check lists, and the windows that the caller's branches take part in."""
    scope = caller_of(here).scope
    state = next((state for state in read_campaigns(here.house, scope) if state.campaign == campaign), None)
    if state is None:
        raise Unknown("campaign {code}: not launched here", code=campaign)
    windows = read_schedule(here.house, campaign, scope)
    return one(CampaignDetailShape.of_detail(state, read_definition(here.house, campaign), windows), known)
