"""What a campaign keeps books on, and what it comes to: figures, targets, prospects, problems by category."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from actions.reading.campaigns import read_definition
from actions.reading.coverage import read_coverage
from actions.reading.measures import read_measures
from actions.reading.problem_shares import read_problem_shares
from actions.reading.prospects import read_prospects
from actions.reading.targets import read_targets
from config.errors import Refusal
from config.ledgers.all import LEDGERS
from rules.words import read_day_or_none
from web.addresses import LEDGERS_OF
from web.identity.doors import User, caller_of
from web.rendering import page
from web.translation import say_refusal

router = APIRouter()

Typed = Annotated[str, Query(max_length=40)]


@router.get(LEDGERS_OF)
def show_ledgers(here: User, campaign: str, unit: Typed = "", since: Typed = "", until: Typed = "") -> Response:
    """Show the ledgers; to whoever answers for a unit also what they come to there, between two days."""
    scope = caller_of(here).scope
    asked, refused = unit.strip() or None, ""
    try:
        days = {"since": read_day_or_none(since), "until": read_day_or_none(until)}
        figures = (
            read_measures(here.house, campaign, unit=asked, since=days["since"], until=days["until"], scope=scope)
            if scope.sees_units
            else ()
        )
    except Refusal as refusal:
        refused, figures, asked = say_refusal(refusal, here.language), (), None
    return page(
        here,
        "ledgers.html",
        status=422 if refused else 200,
        campaign=campaign,
        title=read_definition(here.house, campaign).title,
        ledgers=tuple(LEDGERS.values()),
        sees_units=scope.sees_units,
        figures=tuple(figure for figure in figures if figure.value),
        shares=read_problem_shares(here.house, campaign, unit=asked, scope=scope) if scope.sees_units else (),
        coverage=read_coverage(here.house, campaign, unit=asked, scope=scope) if scope.sees_units else (),
        targets=read_targets(here.house, campaign, now=here.now, unit=asked, scope=scope) if scope.sees_units else (),
        prospects=read_prospects(here.house, campaign, unit=asked, scope=scope),
        typed={"unit": unit, "since": since, "until": until},
        refused=refused,
    )
