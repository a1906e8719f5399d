"""What a campaign keeps books on, and what it comes to: figures, targets, prospects, problems by category."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from actions.reading.campaigns import read_definition
from actions.reading.coverage import read_coverage
from actions.reading.measures import Figure, read_measures
from actions.reading.problem_shares import read_problem_shares
from actions.reading.prospects import read_prospects
from actions.reading.targets import read_targets
from config.ledgers.all import LEDGERS
from web.addresses import LEDGERS_OF
from web.fields import Fields
from web.forms import SentForm
from web.identity.doors import User, caller_of
from web.paging import ROWS, pager_of
from web.rendering import page

router = APIRouter()

Asked = Annotated[str, Query(max_length=40)]


@router.get(LEDGERS_OF)
def show_ledgers(
    here: User,
    campaign: str,
    unit: Asked = "",
    since: Asked = "",
    until: Asked = "",
    after: int | None = None,
) -> Response:
    """Show the ledgers; to whoever answers for a unit also what they come to there, between two days."""
    scope = caller_of(here).scope
    fields = Fields(SentForm({"unit": unit, "since": since, "until": until}))
    asked = unit.strip() or None
    first, last = fields.day("since"), fields.day("until")
    figures: tuple[Figure, ...] = ()
    if scope.sees_units and not fields.faults:
        with fields.beside():
            figures = read_measures(here.house, campaign, unit=asked, since=first, until=last, scope=scope)
    if fields.faults:
        asked = None
    typed = fields.back("filter", here.language)
    prospects = read_prospects(here.house, campaign, unit=asked, limit=ROWS, after=after, scope=scope)
    return page(
        here,
        "ledgers.html",
        status=typed.status,
        campaign=campaign,
        title=read_definition(here.house, campaign).title,
        ledgers=tuple(LEDGERS.values()),
        sees_units=scope.sees_units,
        figures=tuple(figure for figure in figures if figure.value),
        shares=read_problem_shares(here.house, campaign, unit=asked, scope=scope) if scope.sees_units else (),
        coverage=read_coverage(here.house, campaign, unit=asked, scope=scope) if scope.sees_units else None,
        targets=read_targets(here.house, campaign, now=here.now, unit=asked, scope=scope) if scope.sees_units else (),
        prospects=prospects.rows,
        pager=pager_of(here, prospects),
        typed=typed,
    )
