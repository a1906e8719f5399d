"""The progress of a campaign and its units."""

from typing import Annotated

from fastapi import APIRouter, Query

from actions.reading.overview.progress import read_progress
from web.api.callers import Reader, caller_of
from web.api.campaigns import Campaign
from web.api.outcomes import READS_FIGURES
from web.api.shapes.progress import ProgressQuery, ProgressShape

router = APIRouter(prefix="/campaigns", tags=["campaigns"])


@router.get("/{campaign}/progress", response_model=ProgressShape, responses=READS_FIGURES)
def show_progress(here: Reader, campaign: Campaign, query: Annotated[ProgressQuery, Query()]) -> ProgressShape:
    """Read how a campaign stands: by windows, and by the units right below one or below all that the caller sees.

    Read from counters, so that it may be asked often.
    """
    found = read_progress(here.house, campaign, now=here.now, unit=query.unit, scope=caller_of(here).scope)
    return ProgressShape.of(found)
