"""Workbooks of answers: taken away to be filled in, looked at when they come back, and taken."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from actions.reading.answer_forms import open_answer_form
from actions.take_answers import take_answers
from config.errors import Refusal
from config.sheets import Source
from sheets.answers.filled import FilledForm, read_form
from web.api.callers import caller_of
from web.api.campaigns import Campaign
from web.api.outcomes import CHANGES, LOOKS, READS_FILE
from web.api.shapes.answers import SentWorkbookShape, TakenShape
from web.api.shapes.shape import Code, Name
from web.api.work import Answerer
from web.api.writing import Named, carry_out
from web.context import Here
from web.workbooks import hand_out_form, largest, too_large

router = APIRouter(prefix="/campaigns/{campaign}/answers", tags=["answers"])

Unit = Annotated[Name | None, Query(description="The work of this unit and all below it, by code or unique name.")]
Officer = Annotated[Code | None, Query(description="The work of the branches of this officer.")]


async def receive_workbook(request: Request) -> bytes:
    """Read the body: it is the workbook itself."""
    return await request.body()


Workbook = Annotated[bytes, Depends(receive_workbook)]
"""The workbook that came; whoever may send none was turned away before it was read."""

_BODY = {
    "requestBody": {
        "required": True,
        "description": "The bytes of the workbook, as it was saved.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get("/workbook", response_class=Response, responses=READS_FILE)
def take_workbook_away(here: Answerer, campaign: Campaign, unit: Unit = None, officer: Officer = None) -> Response:
    """Take a workbook away to be filled in offline: work of a unit, of an officer, or all that the user sees.

    A row belongs to one task of one branch; what is answered already stands in it.
    """
    if unit is not None and officer is not None:
        raise Refusal("name a unit or an officer, not both")
    scope = caller_of(here).scope
    with open_answer_form(here.house, campaign, unit=unit, officer=officer, now=here.now, scope=scope) as form:
        return hand_out_form(here, form, campaign, unit or officer)


@router.post("/check", response_model=TakenShape, responses=LOOKS, openapi_extra=_BODY)
def check_workbook(here: Answerer, campaign: Campaign, workbook: Workbook) -> TakenShape:
    """Say what a workbook would change, and what of it could not be taken; nothing is written."""
    return _take(here, campaign, _read(here, workbook), dry_run=True)


@router.post("", response_model=TakenShape, responses=CHANGES, openapi_extra=_BODY)
def take_workbook(here: Answerer, campaign: Campaign, workbook: Workbook, named: Named) -> Response:
    """Write the answers of a workbook that are new; the same workbook again changes nothing.

    Each row stands for itself: what somebody else answered meanwhile is not overwritten, and stands in `conflicts`.
    """
    form, sent = _read(here, workbook), SentWorkbookShape(digest=hashlib.sha256(workbook).hexdigest())
    return carry_out(here, sent, named, lambda: _take(here, campaign, form, dry_run=False))


def _read(here: Here, workbook: bytes) -> FilledForm:
    if len(workbook) > largest(here):
        raise too_large(here)
    if not workbook:
        raise Refusal("the body is empty: send the bytes of a workbook")
    return read_form(Source("answers.xlsx", data=workbook))


def _take(here: Here, campaign: str, form: FilledForm, *, dry_run: bool) -> TakenShape:
    caller = caller_of(here)
    taken = take_answers(
        here.house, form, campaign=campaign, actor=caller.actor, now=here.now, scope=caller.scope, dry_run=dry_run
    )
    return TakenShape.of(taken, here.language)
