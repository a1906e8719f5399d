"""Returns: what units have passed on, or would, and the way on and back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from actions.correct_return import Correction, correct_return
from actions.open_return import open_return
from actions.pass_on import pass_on
from actions.reading.return_list import read_returns
from actions.reading.returns import read_return
from config.errors import Refusal
from config.vocabulary import Permission
from web.api.callers import Reader, allowed, caller_of
from web.api.campaigns import Campaign
from web.api.outcomes import CHANGES, READS_MANY, READS_ONE
from web.api.shapes.returns import (
    PassingOnShape,
    ReturnCorrectionShape,
    ReturnLineShape,
    ReturnShape,
    ReturnsShape,
)
from web.api.shapes.shape import Code, Name, Number
from web.api.tags import IfNoneMatch, check_match, one, tag_of
from web.api.writing import Named, carry_out
from web.context import Here

router = APIRouter(prefix="/campaigns/{campaign}/returns/{stage}", tags=["returns"])

Stage = Annotated[Code, Path(description="The code of the stage.", examples=["q1"])]
Unit = Annotated[Name, Path(description="The code of the unit, or its name where that is unique.", examples=["130683"])]
Version = Annotated[Number | None, Query(description="This version; else the one that stands, or what would go on.")]
Passer = Annotated[Here, Depends(allowed(Permission.PASS_ON))]
"""An operation that passes returns on and corrects them."""


@router.get("", response_model=ReturnsShape, responses=READS_MANY)
def list_returns(here: Reader, campaign: Campaign, stage: Stage) -> ReturnsShape:
    """List the units at work in a stage, and whether they have passed it on."""
    found = read_returns(here.house, campaign, stage, scope=caller_of(here).scope)
    return ReturnsShape(items=tuple(map(ReturnLineShape.of, found.lines)))


@router.get("/{unit}", response_model=ReturnShape, responses=READS_ONE)
def show_return(
    here: Reader, campaign: Campaign, stage: Stage, unit: Unit, version: Version = None, known: IfNoneMatch = None
) -> Response:
    """Read the return of a unit: the sums, what each part brings, who is missing, and every version."""
    return one(_now(here, campaign, stage, unit, version), known)


@router.post("/{unit}/pass-on", response_model=ReturnShape, responses=CHANGES)
def pass_return_on(
    here: Passer, campaign: Campaign, stage: Stage, unit: Unit, asked: PassingOnShape, named: Named
) -> Response:
    """Pass the return on as its next version: what it is made of stays as it is until it is corrected.

    What stands already is left as it is.
    """

    def act() -> ReturnShape:
        caller = caller_of(here)
        check_match(named.match, tag_of(_now(here, campaign, stage, unit)))
        pass_on(
            here.house,
            campaign,
            stage,
            unit,
            actor=caller.actor,
            now=here.now,
            incomplete=asked.incomplete,
            reason=asked.reason,
            scope=caller.scope,
        )
        return _now(here, campaign, stage, unit)

    return carry_out(here, asked, named, act)


@router.post("/{unit}/correct", response_model=ReturnShape, responses=CHANGES)
def correct_passed_return(
    here: Passer, campaign: Campaign, stage: Stage, unit: Unit, asked: ReturnCorrectionShape, named: Named
) -> Response:
    """Change or take back an answer that was passed on, or open the return for what was missing in it.

    The returns that it went into have to be passed on again; their versions stay.
    """

    def act() -> ReturnShape:
        check_match(named.match, tag_of(_now(here, campaign, stage, unit)))
        _correct(here, campaign, stage, unit, asked)
        return _now(here, campaign, stage, unit)

    return carry_out(here, asked, named, act)


def _correct(here: Here, campaign: str, stage: str, unit: str, asked: ReturnCorrectionShape) -> None:
    caller = caller_of(here)
    if (asked.branch is None) != (asked.task is None) or (asked.figures and asked.branch is None):
        raise Refusal("name the branch and the task that it answered wrong, or neither of them and no figures")
    if asked.branch is None or asked.task is None:
        open_return(
            here.house,
            campaign,
            stage,
            unit,
            reason=asked.reason,
            actor=caller.actor,
            now=here.now,
            scope=caller.scope,
        )
        return
    correction = Correction(asked.branch, stage, asked.task, asked.figures)
    correct_return(
        here.house, campaign, correction, reason=asked.reason, actor=caller.actor, now=here.now, scope=caller.scope
    )


def _now(here: Here, campaign: str, stage: str, unit: str, version: int | None = None) -> ReturnShape:
    scope = caller_of(here).scope
    return ReturnShape.of(read_return(here.house, campaign, stage, unit, version=version, scope=scope))
