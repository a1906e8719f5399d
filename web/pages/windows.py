"""A window and its gate."""

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import APIRouter, Response

from actions.approve_gate import approve_gate
from actions.extend import Request, extend
from actions.override_gate import override_gate
from actions.reading.pace import read_window_pace
from actions.reading.places import find_place, read_units
from actions.reading.window import read_window
from config.errors import Refusal, Unknown
from config.vocabulary import AT_WORK, Permission, StageKind
from flows.gate import try_gate_now
from notifications.writing.wording import blocker_text
from rules.words import LONGEST_REASON
from web.context import Here
from web.identity.doors import FormUser, User, caller_of
from web.inputs import LONGEST_NAME, FieldFault, Refused, Text, beside, day, done, refused, words
from web.rendering import page

router = APIRouter()

HERE = "/campaigns/{campaign}/windows/{stage}/{wave}"
SHOWN_BEHIND = 200


@router.get(HERE)
def show_window_page(here: User, campaign: str, stage: str, wave: str, done: str = "") -> Response:
    """Show a window: its days, its tasks, and what still blocks its gate."""
    return _show(here, campaign, stage, wave, done=done)


@router.post(HERE + "/approve")
def approve(here: FormUser, campaign: str, stage: str, wave: str) -> Response:
    """Approve the gate, and try it where its planned close has come; a second time, say who had approved."""
    caller = caller_of(here, Permission.STEER)
    try:
        is_new = approve_gate(here.house, campaign, f"{stage}/{wave}", actor=caller.actor, now=here.now)
    except Unknown:
        raise
    except Refusal as refusal:
        return _show(here, campaign, stage, wave, trouble={"gate": refused(here, refusal)})
    return done(_address(campaign, stage, wave), _tried(here, campaign, stage, wave) if is_new else "approved-before")


@router.post(HERE + "/override")
def override(here: FormUser, campaign: str, stage: str, wave: str, reason: Text = "") -> Response:
    """Let the window close with its reasons on record."""
    caller = caller_of(here, Permission.STEER)
    try:
        why = words("reason", reason, LONGEST_REASON)
        is_new = override_gate(here.house, campaign, f"{stage}/{wave}", reason=why, actor=caller.actor, now=here.now)
    except Unknown:
        raise
    except Refusal as refusal:
        trouble = {"override": refused(here, refusal)}
        return _show(here, campaign, stage, wave, typed={"reason": reason}, trouble=trouble)
    return done(_address(campaign, stage, wave), _tried(here, campaign, stage, wave) if is_new else "overridden-before")


@router.post(HERE + "/extend")
def take_extension(
    here: FormUser,
    campaign: str,
    stage: str,
    wave: str,
    of: Text = "",
    task: Text = "",
    until: Text = "",
    reason: Text = "",
) -> Response:
    """Grant a branch or a unit inside the caller's scope a later last day in a task, or in the whole stage."""
    caller = caller_of(here, Permission.DECIDE)
    detail = read_window(here.house, campaign, f"{stage}/{wave}", now=here.now, scope=caller.scope)
    try:
        named, last = words("of", of, LONGEST_NAME), day("until", until)
        why = words("reason", reason, LONGEST_REASON)
        if task and task not in {line.task for line in detail.tasks}:
            raise FieldFault("task", Refusal("is not in the list; choose again"))
        with beside("of"):
            place = find_place(here.house, named, caller.scope)
        wanted = Request(last, why, place.branch, place.unit, stage, f"{stage}/{task}" if task else None)
        extend(here.house, campaign, wanted, actor=caller.actor, now=here.now, scope=caller.scope)
    except Refusal as refusal:
        typed = {"of": of, "task": task, "until": until, "why": reason}
        return _show(here, campaign, stage, wave, typed=typed, trouble={"extend": refused(here, refusal)})
    return done(_address(campaign, stage, wave), "extended")


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
    typed: Mapping[str, str] | None = None,
    trouble: Mapping[str, Refused] | None = None,
) -> Response:
    caller = caller_of(here)
    detail = read_window(here.house, campaign, f"{stage}/{wave}", now=here.now, scope=caller.scope)
    wrong = next(iter((trouble or {}).values()), None)
    at_work = detail.status in AT_WORK
    return page(
        here,
        "window.html",
        status=wrong.status if wrong else 200,
        window=detail,
        address=_address(campaign, stage, wave),
        reasons=[blocker_text(blocker, here.language) for blocker in detail.blockers],
        done=done,
        typed=typed or {},
        refused=trouble or {},
        has_pace=detail.kind is StageKind.STUDY and at_work,
        may_steer=caller.may(Permission.STEER) and at_work,
        may_extend=caller.may(Permission.DECIDE),
        units=read_units(here.house, caller.scope),
    )


def _address(*place: str) -> str:
    campaign, stage, wave = (quote(part, safe="") for part in place)
    return f"/campaigns/{campaign}/windows/{stage}/{wave}"
