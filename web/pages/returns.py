"""Returns: what a unit has passed on or would, and the way on and back."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Response

from actions.correct_return import Correction, correct_return
from actions.open_return import open_return
from actions.pass_on import pass_on
from actions.reading.return_list import read_returns
from actions.reading.returns import read_return
from config.errors import Refusal
from config.vocabulary import Permission, ReturnStatus
from rules.words import LONGEST_REASON
from web.addresses import RETURN, RETURNS, return_address
from web.context import Here
from web.identity.doors import FormUser, User, caller_of
from web.inputs import LARGEST_KEY, LONGEST_CODE, FieldFault, Refused, Text, beside, done, refused, words, words_or_none
from web.rendering import page

router = APIRouter()

VersionNumber = Annotated[int | None, Query(ge=1, le=LARGEST_KEY)]


@router.get(RETURNS)
def show_returns(here: User, campaign: str, stage: str) -> Response:
    """List the units at work in a stage inside the caller's scope, and whether they have passed it on."""
    found = read_returns(here.house, campaign, stage, scope=caller_of(here).scope)
    return page(here, "returns.html", found=found)


@router.get(RETURN)
def show_return(
    here: User, campaign: str, stage: str, unit: str, version: VersionNumber = None, done: str = ""
) -> Response:
    """Show the return of a unit: the figures with what each part brings, who is missing, and the versions."""
    return _show(here, campaign, stage, unit, version=version, done=done)


@router.post(RETURN + "/pass-on")
def take_passing_on(
    here: FormUser, campaign: str, stage: str, unit: str, incomplete: Text = "", reason: Text = ""
) -> Response:
    """Pass the return on; a second time, nothing happens."""
    caller = caller_of(here, Permission.PASS_ON)
    read_return(here.house, campaign, stage, unit, scope=caller.scope)
    try:
        why = words("reason", reason, LONGEST_REASON) if incomplete else words_or_none("reason", reason, LONGEST_REASON)
        passed = pass_on(
            here.house,
            campaign,
            stage,
            unit,
            actor=caller.actor,
            now=here.now,
            incomplete=bool(incomplete),
            reason=why,
            scope=caller.scope,
        )
    except Refusal as refusal:
        typed = {"incomplete": incomplete, "reason": reason}
        return _show(here, campaign, stage, unit, typed=typed, trouble={"pass-on": refused(here, refusal)})
    return done(return_address(campaign, stage, unit), "passed" if passed.is_new else "passed-before")


@router.post(RETURN + "/correct")
def take_correction(
    here: FormUser, campaign: str, stage: str, unit: str, branch: Text = "", task: Text = "", reason: Text = ""
) -> Response:
    """Take an answer back that was passed on, or open the return again for what was missing in it."""
    caller = caller_of(here, Permission.PASS_ON)
    found = read_return(here.house, campaign, stage, unit, scope=caller.scope)
    try:
        named = words_or_none("branch", branch, LONGEST_CODE)
        why = words("reason", reason, LONGEST_REASON)
        if named and task not in {code for code, _ in found.tasks}:
            raise FieldFault("task", Refusal("is not in the list; choose again"))
        by = {"reason": why, "actor": caller.actor}
        if named:
            with beside("branch"):
                correction = Correction(named, stage, task)
                correct_return(here.house, campaign, correction, **by, now=here.now, scope=caller.scope)
        else:
            open_return(here.house, campaign, stage, unit, **by, now=here.now, scope=caller.scope)
    except Refusal as refusal:
        typed = {"branch": branch, "task": task, "why": reason}
        return _show(here, campaign, stage, unit, typed=typed, trouble={"correct": refused(here, refusal)})
    return done(return_address(campaign, stage, unit), "corrected")


def _show(
    here: Here,
    campaign: str,
    stage: str,
    unit: str,
    *,
    version: int | None = None,
    done: str = "",
    typed: Mapping[str, str] | None = None,
    trouble: Mapping[str, Refused] | None = None,
) -> Response:
    caller = caller_of(here)
    found = read_return(here.house, campaign, stage, unit, version=version, scope=caller.scope)
    wrong = next(iter((trouble or {}).values()), None)
    may = caller.may(Permission.PASS_ON)
    return page(
        here,
        "return.html",
        status=wrong.status if wrong else 200,
        found=found,
        address=return_address(campaign, stage, unit),
        may_pass_on=may and found.status is not ReturnStatus.PASSED_ON,
        may_correct=may and found.status is ReturnStatus.PASSED_ON,
        done=done,
        typed=typed or {},
        refused=trouble or {},
    )
