"""The problems of a campaign: listed, given an owner, solved, verified."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from actions.assign_problem import assign_problem, solved_already
from actions.reading.campaigns import read_definition
from actions.reading.problems import ALL, ProblemFilter, read_problem, read_problem_page
from actions.solve_problem import Solution, solve_problem
from actions.verify_problem import verify_problem
from config.vocabulary import Permission, ProblemStatus
from rules.words import LONGEST_ACTOR, LONGEST_NOTE
from web.addresses import PROBLEM, PROBLEMS, problem_address
from web.answers import SEEN
from web.context import Here
from web.fields import Fields
from web.forms import Sent, SentForm
from web.identity.doors import FormVisitor, User, caller_of
from web.paging import ROWS, pager_of
from web.rendering import page
from web.told import and_tell
from web.typed import NOTHING, Typed

router = APIRouter()

FILTER, ASSIGN, SOLVE = "filter", "assign", "solve"
"""The forms of these pages."""

Asked = Annotated[str, Query(max_length=100)]


@router.get(PROBLEMS)
def show_problems(
    here: User,
    campaign: str,
    unit: Asked = "",
    category: Asked = "",
    status: ProblemStatus | None = None,
    after: int | None = None,
) -> Response:
    """List the problems inside the caller's scope, the latest found first."""
    fields = Fields(SentForm({"unit": unit, "category": category, "status": status or ""}))
    asked = ProblemFilter(unit.strip() or None, None, status, category.strip() or None)
    with fields.beside():
        return _list(here, campaign, asked, fields.back(FILTER, here.language), after=after)
    return _list(here, campaign, ALL, fields.back(FILTER, here.language))


@router.get(PROBLEM)
def show_problem(here: User, campaign: str, number: int) -> Response:
    """Show a problem, with the forms that take it on."""
    return _page(here, campaign, number)


@router.post(PROBLEM + "/assign")
def take_assignment(here: FormVisitor, sent: Sent, campaign: str, number: int) -> Response:
    """Give a problem its owner, its date, its category and the measures against it."""
    caller = caller_of(here, Permission.ANSWER)
    read_problem(here.house, campaign, number, now=here.now, scope=caller.scope)
    fields = Fields(sent)
    owner, due = fields.words("owner", LONGEST_ACTOR), fields.day("due")
    category, measures = fields.words("category", LONGEST_ACTOR), fields.words("measures", LONGEST_NOTE)
    if not fields.faults:
        with fields.beside("due"):
            assign_problem(
                here.house,
                campaign,
                number,
                owner=owner,
                due=due,
                category=category,
                measures=measures,
                actor=caller.actor,
                now=here.now,
                seen=sent.fields.get(SEEN),
            )
            return and_tell(problem_address(campaign, number), "assigned")
    return _again(here, campaign, number, fields.back(ASSIGN, here.language))


@router.post(PROBLEM + "/solve")
def take_solution(here: FormVisitor, sent: Sent, campaign: str, number: int) -> Response:
    """Put on record that a problem is solved."""
    caller = caller_of(here, Permission.ANSWER)
    read_problem(here.house, campaign, number, now=here.now, scope=caller.scope)
    fields = Fields(sent)
    note = fields.words("note", LONGEST_NOTE)
    if fields.faults:
        return _again(here, campaign, number, fields.back(SOLVE, here.language))
    solve_problem(here.house, campaign, Solution(number, here.now, caller.actor, note))
    return and_tell(problem_address(campaign, number), "solved")


@router.post(PROBLEM + "/verify")
def take_verification(here: FormVisitor, campaign: str, number: int) -> Response:
    """Put on record that somebody looked, and it is really solved."""
    caller = caller_of(here, Permission.DECIDE)
    read_problem(here.house, campaign, number, now=here.now, scope=caller.scope)
    verify_problem(here.house, campaign, number, actor=caller.actor, now=here.now)
    return and_tell(problem_address(campaign, number), "verified")


def _list(
    here: Here,
    campaign: str,
    asked: ProblemFilter,
    typed: Typed,
    *,
    after: int | None = None,
) -> Response:
    scope = caller_of(here).scope
    found = read_problem_page(here.house, campaign, asked, now=here.now, limit=ROWS, before=after, scope=scope)
    return page(
        here,
        "problems.html",
        status=typed.status,
        campaign=campaign,
        title=read_definition(here.house, campaign).title,
        problems=found.rows,
        pager=pager_of(here, found),
        statuses=tuple(ProblemStatus),
        typed=typed,
    )


def _again(here: Here, campaign: str, number: int, typed: Typed) -> Response:
    """Show a form of a problem again; raises Stale where that is solved and has none any more."""
    problem = read_problem(here.house, campaign, number, now=here.now, scope=caller_of(here).scope)
    if problem.status is ProblemStatus.SOLVED:
        raise solved_already(number, problem.solved_by)
    return _page(here, campaign, number, typed)


def _page(here: Here, campaign: str, number: int, typed: Typed = NOTHING) -> Response:
    caller = caller_of(here)
    definition = read_definition(here.house, campaign)
    problem = read_problem(here.house, campaign, number, now=here.now, scope=caller.scope)
    is_solved = problem.status is ProblemStatus.SOLVED
    return page(
        here,
        "problem.html",
        status=typed.status,
        campaign=campaign,
        title=definition.title,
        zone=definition.zone,
        problem=problem,
        may_solve=not is_solved and caller.may(Permission.ANSWER),
        may_verify=is_solved and problem.verified_at is None and caller.may(Permission.DECIDE),
        typed=typed,
    )
