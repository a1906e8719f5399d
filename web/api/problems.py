"""Problems of branches: recorded, given an owner, solved, verified."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from actions.add_problem import Finding, add_problems
from actions.assign_problem import assign_problem
from actions.reading.branches import read_branch
from actions.reading.problems import ProblemFilter, read_problem, read_problem_page
from actions.solve_problem import Solution, solve_problems
from actions.verify_problem import verify_problem
from web.api.callers import Reader, caller_of
from web.api.campaigns import Campaign
from web.api.outcomes import ADDS, CHANGES, READS_CHANGEABLE, READS_MANY
from web.api.shapes.problems import FindingShape, OwnershipShape, ProblemPage, ProblemQuery, ProblemShape, SolutionShape
from web.api.shapes.shape import Number
from web.api.tags import check_match, one, tag_of
from web.api.work import Answerer, Decider
from web.api.writing import Named, carry_out
from web.context import Here

router = APIRouter(prefix="/campaigns/{campaign}/problems", tags=["problems"])

BY_THE_CLOCK = ("late",)
"""What changes with time alone: it is no part of the tag."""

Problem = Annotated[Number, Path(description="The number of the problem within the campaign.", examples=[12])]


@router.get("", response_model=ProblemPage, responses=READS_MANY)
def list_problems(here: Reader, campaign: Campaign, query: Annotated[ProblemQuery, Query()]) -> ProblemPage:
    """List the problems that branches recorded, the latest found first."""
    page = read_problem_page(
        here.house,
        campaign,
        ProblemFilter(**query.conditions),
        now=here.now,
        limit=query.limit,
        before=query.after,
        scope=caller_of(here).scope,
    )
    return ProblemPage.of(page, ProblemShape.of)


@router.get("/{number}", response_model=ProblemShape, responses=READS_CHANGEABLE)
def show_problem(here: Reader, campaign: Campaign, number: Problem) -> Response:
    """Read one problem."""
    return one(_now(here, campaign, number), by_the_clock=BY_THE_CLOCK)


@router.post("", response_model=ProblemShape, responses=ADDS, status_code=HTTPStatus.CREATED)
def record_problem(here: Answerer, campaign: Campaign, found: FindingShape, named: Named) -> Response:
    """Record a problem that a branch found; a declaration that it has none is taken back."""

    def act() -> ProblemShape:
        caller = caller_of(here)
        read_branch(here.house, campaign, found.branch, now=here.now, scope=caller.scope)
        finding = Finding(
            found.branch,
            found.title,
            here.now,
            caller.actor,
            found.owner,
            found.due,
            found.category,
            found.measures or None,
        )
        (number,) = add_problems(here.house, campaign, [finding])
        return _now(here, campaign, number)

    return carry_out(here, found, named, act, status=HTTPStatus.CREATED, by_the_clock=BY_THE_CLOCK)


@router.post("/{number}/assign", response_model=ProblemShape, responses=CHANGES)
def assign_one(here: Answerer, campaign: Campaign, number: Problem, asked: OwnershipShape, named: Named) -> Response:
    """Say who answers for an open problem, by when, what it is counted under and what is to be done."""

    def act() -> ProblemShape:
        _check(here, campaign, number, named)
        said = asked.model_dump()
        assign_problem(here.house, campaign, number, **said, actor=caller_of(here).actor, now=here.now)
        return _now(here, campaign, number)

    return carry_out(here, asked, named, act, by_the_clock=BY_THE_CLOCK)


@router.post("/{number}/solve", response_model=ProblemShape, responses=CHANGES)
def solve_one(here: Answerer, campaign: Campaign, number: Problem, asked: SolutionShape, named: Named) -> Response:
    """Say that it is solved; said again, it changes nothing."""

    def act() -> ProblemShape:
        _check(here, campaign, number, named)
        solution = Solution(number, here.now, caller_of(here).actor, asked.note or None)
        solve_problems(here.house, campaign, [solution])
        return _now(here, campaign, number)

    return carry_out(here, asked, named, act, by_the_clock=BY_THE_CLOCK)


@router.post("/{number}/verify", response_model=ProblemShape, responses=CHANGES)
def verify_one(here: Decider, campaign: Campaign, number: Problem, named: Named) -> Response:
    """Say that somebody looked, and it is really solved; said again, it changes nothing."""

    def act() -> ProblemShape:
        _check(here, campaign, number, named)
        verify_problem(here.house, campaign, number, actor=caller_of(here).actor, now=here.now)
        return _now(here, campaign, number)

    return carry_out(here, None, named, act, by_the_clock=BY_THE_CLOCK)


def _check(here: Here, campaign: str, number: int, named: Named) -> None:
    """Refuse what the caller does not see, and what is no longer in the state that was named."""
    check_match(named.match, tag_of(_now(here, campaign, number), BY_THE_CLOCK))


def _now(here: Here, campaign: str, number: int) -> ProblemShape:
    scope = caller_of(here).scope
    return ProblemShape.of(read_problem(here.house, campaign, number, now=here.now, scope=scope))
