"""A branch in a campaign: its check list, figures, evidence, problems and history."""

from fastapi import APIRouter, Response

from actions.add_problem import Finding, add_problems
from actions.assign_problem import solved_already
from actions.declare_no_problems import Declaration, declare_no_problems
from actions.reading.branches import read_branch
from actions.reading.campaigns import read_definition
from actions.reading.history import read_history
from actions.reading.problems import ProblemFilter, read_problems
from actions.solve_problem import Solution, solve_problem
from config.errors import Unknown
from config.vocabulary import Permission, ProblemStatus
from rules.words import LONGEST_ACTOR, LONGEST_NOTE, LONGEST_TITLE
from web.addresses import BRANCH, branch_address
from web.context import Here
from web.facts import Facts
from web.fields import Fields
from web.forms import Sent
from web.identity.doors import FormVisitor, Visitor, caller_of
from web.once import once
from web.record import Record
from web.rendering import page
from web.told import and_tell
from web.typed import NOTHING, Typed

router = APIRouter()

PROBLEM = "problem"


@router.get(BRANCH)
def show_branch(here: Visitor, campaign: str, branch: str, before: int | None = None) -> Response:
    """Show how a branch stands, whom to call, and what happened."""
    return _page(here, campaign, branch, before=before)


@router.post(BRANCH + "/problems")
def take_problem(here: FormVisitor, sent: Sent, campaign: str, branch: str) -> Response:
    """Record a problem."""
    caller = caller_of(here, Permission.ANSWER)
    read_branch(here.house, campaign, branch, now=here.now, scope=caller.scope)
    fields = Fields(sent)
    title = fields.words("title", LONGEST_TITLE, needed=True)
    owner, due = fields.words("owner", LONGEST_ACTOR), fields.day("due")
    if not fields.faults and title:
        with fields.beside("due"):
            finding = Finding(branch, title, here.now, caller.actor, owner, due)

            def record() -> str:
                add_problems(here.house, campaign, [finding])
                return branch_address(here.root, campaign, branch)

            return and_tell(once(here, sent, record), "recorded")
    typed = fields.back(PROBLEM, here.language)
    return _page(here, campaign, branch, typed=typed)


@router.post(BRANCH + "/problems/none")
def take_declaration(here: FormVisitor, campaign: str, branch: str) -> Response:
    """Put on record that a branch found no problems."""
    caller = caller_of(here, Permission.ANSWER)
    read_branch(here.house, campaign, branch, now=here.now, scope=caller.scope)
    declare_no_problems(here.house, campaign, [Declaration(branch, here.now, caller.actor)])
    return and_tell(branch_address(here.root, campaign, branch), "declared")


@router.post(BRANCH + "/problems/{number}/solve")
def take_solution(here: FormVisitor, sent: Sent, campaign: str, branch: str, number: int) -> Response:
    """Put on record that a problem is solved."""
    caller = caller_of(here, Permission.ANSWER)
    read_branch(here.house, campaign, branch, now=here.now, scope=caller.scope)
    own = read_problems(here.house, campaign, ProblemFilter(branch=branch), now=here.now).problems
    problem = next((problem for problem in own if problem.number == number), None)
    if problem is None:
        raise Unknown("problem {number}: branch {code} has none of this number", number=number, code=branch)
    fields = Fields(sent)
    note = fields.words("note", LONGEST_NOTE)
    if fields.faults:
        if problem.status is ProblemStatus.SOLVED:  # its form is not on the page any more
            raise solved_already(number, problem.solved_by)
        typed = fields.back(f"solve-{number}", here.language)
        return _page(here, campaign, branch, typed=typed)
    solve_problem(here.house, campaign, Solution(number, here.now, caller.actor, note))
    return and_tell(branch_address(here.root, campaign, branch), "solved")


def _page(here: Here, campaign: str, branch: str, *, before: int | None = None, typed: Typed = NOTHING) -> Response:
    caller = caller_of(here)
    may_call = caller.may(Permission.ANSWER)
    state = read_branch(here.house, campaign, branch, now=here.now, scope=caller.scope, phones=may_call)
    return page(
        here,
        "branch.html",
        status=typed.status,
        branch=state,
        problems=read_problems(here.house, campaign, ProblemFilter(branch=branch), now=here.now).problems,
        history=read_history(here.house, campaign, branch, scope=caller.scope, before=before),
        record=Record(Facts(here.language, state.zone), {campaign: read_definition(here.house, campaign)}),
        typed=typed,
        nothing=NOTHING,
    )
