"""Assignments: listed, read, answered and reopened."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from actions.complete import Answer, complete
from actions.reading.assignments import AssignmentFilter, AssignmentState, read_assignment, read_assignments
from actions.reading.suggestions import read_suggestions
from actions.reopen import reopen
from config.errors import Stale
from config.vocabulary import AssignmentStatus
from web.api.callers import Reader, caller_of
from web.api.outcomes import CHANGES, READS_CHANGEABLE, READS_FIGURES, READS_MANY
from web.api.shapes.assignments import (
    BY_THE_CLOCK,
    AnswerShape,
    AssignmentPage,
    AssignmentQuery,
    AssignmentShape,
    ProposalsShape,
    ReopeningShape,
)
from web.api.tags import one
from web.api.work import Answerer, Assignment, name_of, now_of, to_write
from web.api.writing import Named, carry_out

router = APIRouter(prefix="/assignments", tags=["assignments"])


@router.get("", response_model=AssignmentPage, responses=READS_MANY)
def list_assignments(here: Reader, query: Annotated[AssignmentQuery, Query()]) -> AssignmentPage:
    """List assignments of the windows that have opened, by their numbers.

    What is there from the first page to the last comes once, whatever is written meanwhile.
    """
    page = read_assignments(
        here.house,
        AssignmentFilter(**query.conditions),
        now=here.now,
        limit=query.limit,
        later_than=query.after or 0,
        scope=caller_of(here).scope,
    )
    return AssignmentPage.of(page, AssignmentShape.of)


@router.get("/{assignment}", response_model=AssignmentShape, responses=READS_CHANGEABLE)
def show_assignment(here: Reader, assignment: Assignment) -> Response:
    """Read one assignment."""
    return one(now_of(here, assignment), by_the_clock=BY_THE_CLOCK)


@router.get("/{assignment}/proposals", response_model=ProposalsShape, responses=READS_FIGURES)
def list_proposals(here: Reader, assignment: Assignment) -> ProposalsShape:
    """List what is proposed for its answer: figures of the period before, and of the ledgers."""
    scope = caller_of(here).scope
    found = read_assignment(here.house, assignment, now=here.now, scope=scope)
    state = found.state
    return ProposalsShape.of(
        read_suggestions(here.house, found.campaign, found.branch, state.stage, state.task, scope=scope)
    )


@router.post("/{assignment}/complete", response_model=AssignmentShape, responses=CHANGES)
def complete_assignment(here: Answerer, assignment: Assignment, answer: AnswerShape, named: Named) -> Response:
    """Say that it is done, with the figures that the task asks for.

    The same answer given again is harmless. Where somebody gave another one, or the work was waived, the answer
    is 409 and theirs stands: reopen it first.
    """

    def act() -> AssignmentShape:
        found = to_write(here, assignment, named.match)
        if found.state.status is AssignmentStatus.OPEN:
            name, caller = name_of(found), caller_of(here)
            given = Answer(
                name.branch,
                name.task,
                here.now,
                caller.actor,
                answer.figures,
                answer.note or None,
                scope=caller.scope,
            )
            complete(here.house, found.campaign, [given])  # the clerk would write it apart from what is kept
        elif not _says_the_same(found, answer):
            raise _answered_before(found)
        return now_of(here, assignment)

    return carry_out(here, answer, named, act, by_the_clock=BY_THE_CLOCK)


@router.post("/{assignment}/reopen", response_model=AssignmentShape, responses=CHANGES)
def reopen_assignment(here: Answerer, assignment: Assignment, asked: ReopeningShape, named: Named) -> Response:
    """Open it again, done or waived: its figures are taken out and stay in the audit record.

    What is open stays as it is.
    """

    def act() -> AssignmentShape:
        found = to_write(here, assignment, named.match, to_count_anew=True)
        actor = caller_of(here).actor
        reopen(here.house, found.campaign, name_of(found), reason=asked.reason, actor=actor, now=here.now)
        return now_of(here, assignment)

    return carry_out(here, asked, named, act, by_the_clock=BY_THE_CLOCK)


def _says_the_same(found: AssignmentState, answer: AnswerShape) -> bool:
    state = found.state
    is_done = state.status is AssignmentStatus.DONE
    return is_done and dict(state.figures) == answer.figures and (state.note or "") == (answer.note or "")


def _answered_before(found: AssignmentState) -> Stale:
    state = found.state
    if state.status is AssignmentStatus.WAIVED:
        return Stale("{branch} {task}: was waived; reopen it to answer", branch=found.branch, task=state.task)
    return Stale(
        "{branch} {task}: was done by {who} on {day}, and says something else; reopen it to answer anew",
        branch=found.branch,
        task=state.task,
        who=state.done_by,
        day=state.done_on,
    )
