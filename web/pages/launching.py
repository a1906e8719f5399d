"""A campaign file: checked with its faults beside the lines, and launched."""

from dataclasses import dataclass
from http import HTTPStatus
from pathlib import PurePath

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from actions.check import check_campaign
from actions.launch import launch
from actions.reading.campaigns import read_definition
from actions.reading.plan import Plan, plan_of
from config.definition.file import LoadedDefinition, load_sent, read_ready, ready_campaigns
from config.definition.writing import definition_text
from config.documents import MAX_BYTES
from config.errors import Fault, FaultyFile, Refusal, Stale
from config.vocabulary import Permission
from web.context import Here
from web.forms import Sent
from web.identity.doors import FormVisitor, User, caller_of
from web.rendering import page
from web.typed import NOTHING, Typed, refused

router = APIRouter()

NAME = "campaign.yaml"
"""What a text is called in its faults."""
MOST_LINES = 3_000
"""How many lines are shown with their numbers."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file, with what is wrong in it."""

    number: int
    text: str
    faults: tuple[Fault, ...]


@router.get("/launch")
def show_launch(here: User, ready: str = "") -> Response:
    """Begin with nothing, or with a ready campaign."""
    caller_of(here, Permission.STEER)
    return _show(here, read_ready(ready) if ready else "")


@router.post("/launch/check")
def check(here: FormVisitor, sent: Sent) -> Response:
    """Say what is wrong in a file that was typed or sent, or show the plan it leads to; nothing is written."""
    caller_of(here, Permission.STEER)
    data = sent.file.take(MAX_BYTES) if sent.file else sent.text("text").encode()
    if data is None:
        return _show(
            here, "", typed=refused(here, Refusal("the file is larger than {most} KiB", most=MAX_BYTES // 1024))
        )
    shown = data[:MAX_BYTES].decode("utf-8-sig", "replace")
    try:
        plan = _plan(here, load_sent(NAME, data))
    except FaultyFile as faulty:
        return _show(here, shown, faults=faulty.faults)
    return _show(here, shown, plan=plan)


@router.post("/launch")
def take_launch(here: FormVisitor, sent: Sent) -> Response:
    """Launch what was previewed; when it would be anything else by now, show that instead."""
    caller = caller_of(here, Permission.STEER)
    text = sent.text("text")
    try:
        loaded = load_sent(NAME, text.encode())
        plan = _plan(here, loaded)
        if plan.digest != sent.text("previewed"):
            changed = Stale("the plan is another than the one you looked at; look at this one, and launch it")
            return _show(here, text, plan=plan, typed=refused(here, changed))
        launched = launch(here.house, loaded, actor=caller.actor, now=here.now)
    except FaultyFile as faulty:
        return _show(here, text, faults=faulty.faults)
    except Refusal as refusal:
        return _show(here, text, typed=refused(here, refusal))
    return RedirectResponse(f"/campaigns/{launched.campaign}", status_code=HTTPStatus.SEE_OTHER)


@router.get("/campaigns/{campaign}/definition")
def show_definition(here: User, campaign: str) -> Response:
    """Show what a campaign runs by: its own copy, as a campaign file."""
    caller_of(here, Permission.READ_AUDIT)
    definition = read_definition(here.house, campaign)
    return page(here, "definition.html", campaign=campaign, title=definition.title, text=definition_text(definition))


def _plan(here: Here, loaded: LoadedDefinition) -> Plan:
    return plan_of(check_campaign(here.house, loaded, now=here.now))


def _show(
    here: Here,
    text: str,
    *,
    faults: tuple[Fault, ...] = (),
    plan: Plan | None = None,
    typed: Typed = NOTHING,
) -> Response:
    elsewhere = tuple(fault for fault in faults if fault.file != NAME or fault.line is None)
    lines = _lines(text, [fault for fault in faults if fault not in elsewhere]) if faults else ()
    return page(
        here,
        "launch.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if faults else typed.status,
        text=text,
        plan=plan,
        faults=len(faults),
        elsewhere=[(PurePath(fault.file).name, fault) for fault in elsewhere],
        lines=lines,
        typed=typed,
        ready=ready_campaigns(),
        most=MAX_BYTES,
    )


def _lines(text: str, faults: list[Fault]) -> tuple[Line, ...]:
    """Give the lines the numbers that YAML gives them, each with its faults."""
    said = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:MOST_LINES]
    found = (
        Line(number, line, tuple(fault for fault in faults if fault.line == number))
        for number, line in enumerate(said, start=1)
    )
    return tuple(found)
