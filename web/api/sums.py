"""What ledgers come to: figures, targets, coverage, prospects, and problems by category."""

from typing import Annotated

from fastapi import APIRouter, Query

from actions.reading.coverage import read_coverage
from actions.reading.measures import read_measures
from actions.reading.problem_shares import read_problem_shares
from actions.reading.prospects import read_prospects
from actions.reading.targets import read_targets
from web.api.callers import Reader, caller_of
from web.api.campaigns import Campaign
from web.api.outcomes import READS_FIGURES, READS_MANY
from web.api.shapes.sums import (
    CoverageShape,
    ExtentQuery,
    FigureShape,
    FiguresShape,
    ProblemShareShape,
    ProblemSharesShape,
    ProspectPage,
    ProspectQuery,
    ProspectShape,
    TargetShape,
    TargetsShape,
    UnitQuery,
)

router = APIRouter(prefix="/campaigns/{campaign}", tags=["ledgers"])


@router.get("/figures", response_model=FiguresShape, responses=READS_FIGURES)
def show_figures(here: Reader, campaign: Campaign, query: Annotated[ExtentQuery, Query()]) -> FiguresShape:
    """Add up what was recorded: every figure of the reports, each by one query."""
    found = read_measures(
        here.house,
        campaign,
        unit=query.unit,
        since=query.since,
        until=query.until,
        scope=caller_of(here).scope,
    )
    return FiguresShape(items=tuple(map(FigureShape.of, found)))


@router.get("/targets", response_model=TargetsShape, responses=READS_MANY)
def list_targets(here: Reader, campaign: Campaign, query: Annotated[UnitQuery, Query()]) -> TargetsShape:
    """List what units are to reach, who answers for it, and how far they are."""
    found = read_targets(here.house, campaign, now=here.now, unit=query.unit, scope=caller_of(here).scope)
    return TargetsShape(items=tuple(map(TargetShape.of, found)))


@router.get("/coverage", response_model=CoverageShape, responses=READS_FIGURES)
def show_coverage(here: Reader, campaign: Campaign, query: Annotated[UnitQuery, Query()]) -> CoverageShape:
    """Tell unit by unit how many of the enterprises have an organisation, and which counts do not agree."""
    return CoverageShape.of(read_coverage(here.house, campaign, unit=query.unit, scope=caller_of(here).scope))


@router.get("/prospects", response_model=ProspectPage, responses=READS_MANY)
def list_prospects(here: Reader, campaign: Campaign, query: Annotated[ProspectQuery, Query()]) -> ProspectPage:
    """List the enterprises that can found a branch, those that come first at the top."""
    scope = caller_of(here).scope
    page = read_prospects(here.house, campaign, unit=query.unit, limit=query.limit, after=query.after, scope=scope)
    return ProspectPage.of(page, ProspectShape.of)


@router.get("/problem-shares", response_model=ProblemSharesShape, responses=READS_FIGURES)
def show_problem_shares(here: Reader, campaign: Campaign, query: Annotated[UnitQuery, Query()]) -> ProblemSharesShape:
    """Tell how much of what was found is solved, by unit and by category."""
    found = read_problem_shares(here.house, campaign, unit=query.unit, scope=caller_of(here).scope)
    return ProblemSharesShape(items=tuple(map(ProblemShareShape.of, found)))
