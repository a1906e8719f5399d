"""Returns: what a unit has passed on or would, and the way on and back."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from actions.correct_return import Correction, correct_return
from actions.open_return import open_return
from actions.pass_on import pass_on
from actions.reading.return_list import read_returns
from actions.reading.returns import read_return
from config.vocabulary import Permission, ReturnStatus
from rules.words import LONGEST_REASON
from web.addresses import RETURN, RETURNS, return_address
from web.context import Here
from web.fields import Fields
from web.forms import Sent
from web.identity.doors import FormVisitor, User, caller_of
from web.inputs import LARGEST_KEY, LONGEST_CODE, done, not_in_list
from web.rendering import page
from web.typed import NOTHING, Typed

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
def take_passing_on(here: FormVisitor, sent: Sent, campaign: str, stage: str, unit: str) -> Response:
    """Pass the return on; a second time, nothing happens."""
    caller = caller_of(here, Permission.PASS_ON)
    read_return(here.house, campaign, stage, unit, scope=caller.scope)
    fields = Fields(sent)
    incomplete = bool(sent.text("incomplete"))
    reason = fields.words("reason", LONGEST_REASON, needed=incomplete)
    if not fields.faults:
        with fields.beside():
            passed = pass_on(
                here.house,
                campaign,
                stage,
                unit,
                actor=caller.actor,
                now=here.now,
                incomplete=incomplete,
                reason=reason,
                scope=caller.scope,
            )
            return done(return_address(campaign, stage, unit), "passed" if passed.is_new else "passed-before")
    return _show(here, campaign, stage, unit, typed=fields.back("pass-on", here.language))


@router.post(RETURN + "/correct")
def take_correction(here: FormVisitor, sent: Sent, campaign: str, stage: str, unit: str) -> Response:
    """Take an answer back that was passed on, or open the return again for what was missing in it."""
    caller = caller_of(here, Permission.PASS_ON)
    found = read_return(here.house, campaign, stage, unit, scope=caller.scope)
    fields = Fields(sent)
    branch = fields.words("branch", LONGEST_CODE)
    task = fields.one_of("task", [code for code, _ in found.tasks])
    reason = fields.words("reason", LONGEST_REASON, needed=True)
    if branch and not task:
        fields.faults.setdefault("task", not_in_list())
    if reason and not fields.faults:
        with fields.beside("branch" if branch else ""):
            if branch and task:
                correction = Correction(branch, stage, task)
                correct_return(
                    here.house,
                    campaign,
                    correction,
                    reason=reason,
                    actor=caller.actor,
                    now=here.now,
                    scope=caller.scope,
                )
            else:
                open_return(
                    here.house,
                    campaign,
                    stage,
                    unit,
                    reason=reason,
                    actor=caller.actor,
                    now=here.now,
                    scope=caller.scope,
                )
            return done(return_address(campaign, stage, unit), "corrected")
    return _show(here, campaign, stage, unit, typed=fields.back("correct", here.language))


def _show(
    here: Here,
    campaign: str,
    stage: str,
    unit: str,
    *,
    version: int | None = None,
    done: str = "",
    typed: Typed = NOTHING,
) -> Response:
    caller = caller_of(here)
    found = read_return(here.house, campaign, stage, unit, version=version, scope=caller.scope)
    may = caller.may(Permission.PASS_ON)
    return page(
        here,
        "return.html",
        status=typed.status,
        found=found,
        address=return_address(campaign, stage, unit),
        may_pass_on=may and found.status is not ReturnStatus.PASSED_ON,
        may_correct=may and found.status is ReturnStatus.PASSED_ON,
        done=done,
        typed=typed,
    )
