"""A window and its gate."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse

from actions.approve_gate import approve_gate
from actions.extend import Granted, Request, extend
from actions.override_gate import override_gate
from actions.reading.pace import read_window_pace
from actions.reading.places import find_place, read_units
from actions.reading.window import WindowDetail, read_window
from actions.windows.locked import check_undecided
from config.definition.text import Titled
from config.errors import Refusal, Unknown
from config.said import Said, joined
from config.vocabulary import AT_WORK, Permission, StageKind
from flows.gate import try_gate_now
from notifications.writing.wording import blocker_text
from rules.words import LONGEST_REASON
from web.context import Here
from web.fields import Fields
from web.forms import Sent
from web.identity.doors import FormUser, FormVisitor, User, caller_of
from web.inputs import LARGEST_KEY, LONGEST_NAME, done, read_text
from web.rendering import page
from web.typed import NOTHING, Typed, refused

router = APIRouter()

HERE = "/campaigns/{campaign}/windows/{stage}/{wave}"
SHOWN_BEHIND = 200

Count = Annotated[int, Query(ge=0, le=LARGEST_KEY)]
"""How many of something, for a page to say it."""


@router.get(HERE)
def show_window_page(
    here: User, campaign: str, stage: str, wave: str, done: str = "", moved: Count = 0, told: Count = 0
) -> Response:
    """Show a window: its days, its tasks, and what still blocks its gate; after an extension, what came of it."""
    return _show(here, campaign, stage, wave, done=done, granted=Granted(moved, told))


@router.post(HERE + "/approve")
def approve(here: FormUser, campaign: str, stage: str, wave: str) -> Response:
    """Approve the gate, and try it where its planned close has come; a second time, say who had approved."""
    caller = caller_of(here, Permission.STEER)
    try:
        is_new = approve_gate(here.house, campaign, f"{stage}/{wave}", actor=caller.actor, now=here.now)
    except Unknown:
        raise
    except Refusal as refusal:
        return _show(here, campaign, stage, wave, typed=refused(here, refusal, "gate"))
    return done(_address(campaign, stage, wave), _tried(here, campaign, stage, wave) if is_new else "approved-before")


@router.post(HERE + "/override")
def override(here: FormVisitor, sent: Sent, campaign: str, stage: str, wave: str) -> Response:
    """Let the window close with its reasons on record."""
    caller = caller_of(here, Permission.STEER)
    fields = Fields(sent)
    name = f"{stage}/{wave}"
    detail = read_window(here.house, campaign, name, now=here.now, scope=caller.scope)
    # Where the form is gone from the page, whatever its faults, the page of refusals keeps what was typed.
    check_undecided(_named(detail), detail.status, detail.days.first)
    reason = fields.words("reason", LONGEST_REASON, needed=True)
    if reason:
        is_new = override_gate(here.house, campaign, name, reason=reason, actor=caller.actor, now=here.now)
        came = _tried(here, campaign, stage, wave) if is_new else "overridden-before"
        return done(_address(campaign, stage, wave), came)
    if detail.overridden:
        return done(_address(campaign, stage, wave), "overridden-before")
    return _show(here, campaign, stage, wave, typed=fields.back("override", here.language))


@router.post(HERE + "/extend")
def take_extension(here: FormVisitor, sent: Sent, campaign: str, stage: str, wave: str) -> Response:
    """Grant a branch or a unit inside the caller's scope a later last day in a task, or in the whole stage.

    It holds in the window's wave alone, unless it is asked for in all of them.
    """
    caller = caller_of(here, Permission.DECIDE)
    detail = read_window(here.house, campaign, f"{stage}/{wave}", now=here.now, scope=caller.scope)
    fields = Fields(sent)
    place = fields.read(
        "of", lambda text: find_place(here.house, read_text(text, LONGEST_NAME), caller.scope), needed=True
    )
    task = fields.one_of("task", [line.task for line in detail.tasks])
    until, why = fields.day("until", needed=True), fields.words("reason", LONGEST_REASON, needed=True)
    if place and until and why and not fields.faults:
        alone = None if detail.is_only_wave or fields.is_ticked("everywhere") else wave
        wanted = Request(until, why, place.branch, place.unit, stage, f"{stage}/{task}" if task else None, alone)
        with fields.beside("until"), fields.beside("of", only=Unknown):
            granted = extend(here.house, campaign, wanted, actor=caller.actor, now=here.now, scope=caller.scope)
            return RedirectResponse(
                f"{_address(campaign, stage, wave)}?done={'extended-alone' if alone else 'extended'}"
                f"&moved={granted.moved}&told={granted.told}",
                status_code=HTTPStatus.SEE_OTHER,
            )
    return _show(here, campaign, stage, wave, typed=fields.back("extend", here.language))


@router.get(HERE + "/pace")
def show_pace(here: User, campaign: str, stage: str, wave: str) -> Response:
    """List the branches inside the caller's scope that are below the pace that the calendar asks for."""
    caller = caller_of(here)
    name = f"{stage}/{wave}"
    detail = read_window(here.house, campaign, name, now=here.now, scope=caller.scope)
    return page(
        here,
        "pace.html",
        window=detail,
        address=_address(campaign, stage, wave),
        pace=read_window_pace(here.house, campaign, name, now=here.now, scope=caller.scope),
        shown=SHOWN_BEHIND,
    )


def _tried(here: Here, campaign: str, stage: str, wave: str) -> str:
    """Try a gate that was decided about, and name what came of it."""
    return f"decided-{try_gate_now(here.house, campaign, f'{stage}/{wave}', now=here.now)}"


def _show(
    here: Here,
    campaign: str,
    stage: str,
    wave: str,
    *,
    done: str = "",
    granted: Granted | None = None,
    typed: Typed = NOTHING,
) -> Response:
    caller = caller_of(here)
    detail = read_window(here.house, campaign, f"{stage}/{wave}", now=here.now, scope=caller.scope)
    at_work = detail.status in AT_WORK
    return page(
        here,
        "window.html",
        status=typed.status,
        window=detail,
        address=_address(campaign, stage, wave),
        reasons=[blocker_text(blocker, here.language) for blocker in detail.blockers],
        done=done,
        granted=granted or Granted(0, 0),
        typed=typed,
        has_pace=detail.kind is StageKind.STUDY and at_work,
        may_steer=caller.may(Permission.STEER) and at_work,
        may_extend=caller.may(Permission.DECIDE),
        units=read_units(here.house, caller.scope),
    )


def _address(*place: str) -> str:
    campaign, stage, wave = (quote(part, safe="") for part in place)
    return f"/campaigns/{campaign}/windows/{stage}/{wave}"


def _named(detail: WindowDetail) -> Said:
    return joined("/", (Titled(detail.stage, detail.title), Titled(detail.wave, detail.wave_name)))
