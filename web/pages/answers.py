"""Answers in a workbook: handed out to be filled in offline, looked at when they come back, and then written."""

from base64 import b64decode, b64encode
from typing import Annotated

from fastapi import APIRouter, File, Query, Response, UploadFile

from actions.reading.answer_forms import open_answer_form
from actions.reading.campaigns import read_definition
from actions.reading.places import read_units
from actions.take_answers import TakenAnswers, take_answers
from config.errors import Refusal, Stale
from config.sheets import Source
from config.vocabulary import FileFormat, Permission
from sheets.answers.filled import read_form
from sheets.answers.workbook import write_form
from web.context import Here
from web.downloads import download
from web.identity.doors import FormUser, User, caller_of
from web.inputs import Text
from web.rendering import page
from web.typed import NOTHING, Typed, refused

router = APIRouter()

HERE = "/campaigns/{campaign}/answers"
LARGEST = 500 * 1024
"""Bytes of a workbook that is handed in: it comes back once more with the second click, sealed, in a field."""
SHOWN = 500
"""How many rows of each kind are shown."""

Sent = Annotated[UploadFile | None, File()]


@router.get(HERE)
def show_answers(here: User, campaign: str) -> Response:
    """Offer a workbook to be filled in, and ask for one that was."""
    caller_of(here, Permission.ANSWER)
    return _show(here, campaign)


@router.get(HERE + ".xlsx")
def hand_out(here: User, campaign: str, unit: Annotated[str | None, Query(max_length=200)] = None) -> Response:
    """Hand out a workbook with the work that the caller may answer for, or a unit's part of it."""
    caller = caller_of(here, Permission.ANSWER)
    with open_answer_form(here.house, campaign, unit=unit or None, now=here.now, scope=caller.scope) as form:
        name = "-".join(filter(None, ("answers", campaign, unit, f"{form.made_at:%Y-%m-%d}")))
        return download(name, FileFormat.XLSX, lambda file: write_form(form, file, here.language))


@router.post(HERE + "/check")
def check(here: FormUser, campaign: str, file: Sent = None) -> Response:
    """Show what a workbook would change, and what of it cannot be taken; nothing is written."""
    caller_of(here, Permission.ANSWER)
    try:
        data = _read(file)
        taken = _take(here, campaign, data, dry_run=True)
    except Refusal as refusal:
        return _show(here, campaign, typed=refused(here, refusal))
    # What people wrote stands in it: what comes back at the second click is sealed, and cannot be another file.
    carried = here.house.seal.close(b64encode(data).decode())
    return _show(here, campaign, taken=taken, carried=carried)


@router.post(HERE)
def take(here: FormUser, campaign: str, carried: Text = "") -> Response:
    """Write the workbook that was looked at, and show what became of it; written before, it changes nothing."""
    caller_of(here, Permission.ANSWER)
    try:
        data = b64decode(here.house.seal.open(carried))
    except Refusal:
        raise Stale("the file did not come through whole; choose it again") from None
    return _show(here, campaign, taken=_take(here, campaign, data, dry_run=False))


def _read(file: UploadFile | None) -> bytes:
    data = file.file.read(LARGEST + 1) if file is not None else b""
    if not data:
        raise Refusal("choose a workbook first")
    if len(data) > LARGEST:
        raise Refusal("the file is larger than {most} KiB; import it at the command line", most=LARGEST // 1024)
    return data


def _take(here: Here, campaign: str, data: bytes, *, dry_run: bool) -> TakenAnswers:
    caller = caller_of(here, Permission.ANSWER)
    return take_answers(
        here.house,
        read_form(Source("answers.xlsx", data=data)),
        campaign=campaign,
        actor=caller.actor,
        now=here.now,
        scope=caller.scope,
        dry_run=dry_run,
    )


def _show(
    here: Here,
    campaign: str,
    *,
    taken: TakenAnswers | None = None,
    carried: str = "",
    typed: Typed = NOTHING,
) -> Response:
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
        units=read_units(here.house, caller_of(here).scope),
        shown=SHOWN,
        largest=LARGEST // 1024,
    )
