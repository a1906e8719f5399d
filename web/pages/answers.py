"""Answers in a workbook: handed out to be filled in offline, looked at when they come back, and then written."""

import zlib
from base64 import b64decode, b64encode
from typing import IO, Annotated

from fastapi import APIRouter, Query, Response

from actions.reading.answer_forms import open_answer_form, open_answer_forms
from actions.reading.campaigns import read_definition
from actions.reading.places import read_units
from actions.take_answers import TakenAnswers, take_answers
from config.errors import Refusal, Stale
from config.sheets import Source
from config.vocabulary import HandedTo, Permission
from sheets.answers.bundle import write_forms, zipped
from sheets.answers.filled import FilledForm, read_form
from sheets.answers.packed import pack_form, unpack_form
from web.context import Here
from web.downloads import hand_out
from web.forms import MOST_TEXT, Sent, SentFile
from web.identity.doors import FormVisitor, Visitor, caller_of
from web.rendering import page
from web.typed import NOTHING, Typed, refused
from web.workbooks import MIB, bounded, hand_out_form, largest, name_of, too_large

router = APIRouter()

HERE = "/campaigns/{campaign}/answers"
MOST_WORKBOOKS = 200
"""How many workbooks are made in one go."""
LARGEST_CARRIED = MOST_TEXT - 64 * 1024
"""Bytes of what a page carries to the second click, beside the form's other fields."""
SHOWN = 500
"""How many rows of each kind are shown."""

Unit = Annotated[str | None, Query(max_length=200)]


@router.get(HERE)
def show_answers(here: Visitor, campaign: str) -> Response:
    """Offer a workbook to be filled in, and ask for one that was."""
    return _show(here, campaign)


@router.get(HERE + ".xlsx")
def hand_out_one(here: Visitor, campaign: str, unit: Unit = None) -> Response:
    """Hand out a workbook with the work that the caller may answer for, or a unit's part of it."""
    caller = caller_of(here, Permission.ANSWER)

    try:
        with open_answer_form(here.house, campaign, unit=unit or None, now=here.now, scope=caller.scope) as form:
            return hand_out_form(here, form, campaign, unit)
    except Refusal as refusal:
        return _show(here, campaign, typed=refused(here, refusal), unit=unit)


@router.get(HERE + ".zip")
def hand_out_each(here: Visitor, campaign: str, each: HandedTo = HandedTo.UNIT, unit: Unit = None) -> Response:
    """Hand out a workbook for each unit or officer, packed together."""
    caller = caller_of(here, Permission.ANSWER)

    def write(file: IO[bytes]) -> None:
        with zipped(file) as open_file:
            write_forms((bounded(here, form) for form in forms), open_file, here.language)

    wanted = open_answer_forms(
        here.house, campaign, each, unit=unit or None, now=here.now, scope=caller.scope, most=MOST_WORKBOOKS
    )
    try:
        with wanted as forms:
            day = here.now.astimezone(read_definition(here.house, campaign).zone)
            return hand_out(f"{name_of(campaign, unit, f'{day:%Y-%m-%d}')}.zip", "application/zip", write)
    except Refusal as refusal:
        return _show(here, campaign, typed=refused(here, refusal), unit=unit)


@router.post(HERE + "/check")
def check(here: FormVisitor, sent: Sent, campaign: str) -> Response:
    """Show what a workbook would change, and what of it cannot be taken; nothing is written."""
    caller_of(here, Permission.ANSWER)
    try:
        form = read_form(Source("answers.xlsx", data=_read(here, sent.file)))
        taken = _take(here, campaign, form, dry_run=True)
        # What people wrote stands in it: what comes back at the second click is sealed, and cannot be another file.
        carried = here.house.seal.close(b64encode(pack_form(form)).decode())
        if len(carried) > LARGEST_CARRIED:
            raise too_large(here)
    except Refusal as refusal:
        return _show(here, campaign, typed=refused(here, refusal))
    return _show(here, campaign, taken=taken, carried=carried)


@router.post(HERE)
def take(here: FormVisitor, sent: Sent, campaign: str) -> Response:
    """Write the workbook that was looked at, and show what became of it; written before, it changes nothing."""
    caller_of(here, Permission.ANSWER)
    try:
        form = unpack_form(b64decode(here.house.seal.open(sent.text("carried"))))
    except (Refusal, ValueError, zlib.error):
        raise Stale("the file did not come through whole; choose it again") from None
    return _show(here, campaign, taken=_take(here, campaign, form, dry_run=False))


def _read(here: Here, file: SentFile | None) -> bytes:
    data = file.content.read(largest(here) + 1) if file else b""
    if (file and file.too_large) or len(data) > largest(here):
        raise too_large(here)
    if not data:
        raise Refusal("choose a workbook first")
    return data


def _take(here: Here, campaign: str, form: FilledForm, *, dry_run: bool) -> TakenAnswers:
    caller = caller_of(here, Permission.ANSWER)
    return take_answers(
        here.house, form, campaign=campaign, actor=caller.actor, now=here.now, scope=caller.scope, dry_run=dry_run
    )


def _show(
    here: Here,
    campaign: str,
    *,
    taken: TakenAnswers | None = None,
    carried: str = "",
    typed: Typed = NOTHING,
    unit: str | None = None,
) -> Response:
    caller = caller_of(here, Permission.ANSWER)
    definition = read_definition(here.house, campaign)

    def title(stage: str, task: str) -> str:
        return definition.stage(stage).task(task).title.of(here.language)

    return page(
        here,
        "answers.html",
        status=typed.status,
        campaign=campaign,
        campaign_title=definition.title,
        zone=definition.zone,
        title=title,
        taken=taken,
        carried=carried,
        typed=typed,
        unit=unit or "",
        sees_units=caller.scope.sees_units,
        units=read_units(here.house, caller.scope) if caller.scope.sees_units else (),
        shown=SHOWN,
        largest=largest(here) // MIB,
        most_workbooks=MOST_WORKBOOKS,
    )
