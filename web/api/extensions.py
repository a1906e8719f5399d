"""More time for an assignment: granted, or asked for."""

from http import HTTPStatus

from fastapi import APIRouter, Response

from actions.ask_extension import Wish, ask_extension
from actions.extend import Request, extend
from config.vocabulary import RequestStatus
from web.api.callers import caller_of
from web.api.outcomes import ADDS, CHANGES
from web.api.shapes.assignments import BY_THE_CLOCK, AssignmentShape
from web.api.shapes.requests import MoreTimeShape, RequestShape
from web.api.work import Answerer, Assignment, Decider, now_of, to_write
from web.api.writing import Named, carry_out

router = APIRouter(prefix="/assignments", tags=["assignments"])


@router.post("/{assignment}/extend", response_model=AssignmentShape, responses=CHANGES)
def extend_assignment(here: Decider, assignment: Assignment, asked: MoreTimeShape, named: Named) -> Response:
    """Grant a later last day; reminders of the earlier one are taken off, and the officer is told of the new one."""

    def act() -> AssignmentShape:
        found = to_write(here, assignment, named.match, to_count_anew=True)
        state = found.state
        request = Request(asked.until, asked.reason, branch=found.branch, stage=state.stage, task=state.task)
        extend(here.house, found.campaign, request, actor=caller_of(here).actor, now=here.now)
        return now_of(here, assignment)

    return carry_out(here, asked, named, act, by_the_clock=BY_THE_CLOCK)


@router.post("/{assignment}/requests", response_model=RequestShape, responses=ADDS, status_code=HTTPStatus.CREATED)
def request_extension(here: Answerer, assignment: Assignment, asked: MoreTimeShape, named: Named) -> Response:
    """Ask those who guide the branch for a later last day; one request for an assignment waits at a time."""

    def act() -> RequestShape:
        found = to_write(here, assignment, named.match)
        actor = caller_of(here).actor
        wish = Wish(found.branch, f"{found.state.stage}/{found.state.task}", asked.until, asked.reason)
        return RequestShape(
            request=ask_extension(here.house, found.campaign, wish, actor=actor, now=here.now),
            assignment=assignment,
            until=asked.until,
            reason=asked.reason,
            status=RequestStatus.ASKED,
            asked_at=here.now,
            asked_by=actor,
        )

    return carry_out(here, asked, named, act, status=HTTPStatus.CREATED)
