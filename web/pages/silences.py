"""Times in which nobody is reminded."""

from collections.abc import Mapping

from fastapi import APIRouter, Response

from actions.lift_silence import lift_silence
from actions.reading.places import find_place, read_units
from actions.reading.silences import read_silences
from actions.silence import Request, silence
from config.errors import Refusal, Unknown
from config.vocabulary import Permission
from rules.words import LONGEST_REASON
from web.context import Here
from web.identity.doors import FormUser, User, caller_of
from web.inputs import (
    LONGEST_NAME,
    FieldFault,
    Number,
    Refused,
    Text,
    day,
    day_or_none,
    done,
    refused,
    words,
)
from web.rendering import page

router = APIRouter()

HERE = "/silences"


@router.get(HERE)
def show_silences(here: User, of: str = "", done: str = "") -> Response:
    """List the silences inside the caller's scope; `of` is whom a new one is about, from a page that leads here."""
    return _show(here, {"of": of}, done=done)


@router.post(HERE)
def add_silence(here: FormUser, of: Text = "", first: Text = "", last: Text = "", reason: Text = "") -> Response:
    """Silence a branch or a unit for some days."""
    caller = caller_of(here, Permission.SILENCE)
    try:
        named = words("of", of, LONGEST_NAME)
        starts, ends, why = day_or_none("first", first), day("last", last), words("reason", reason, LONGEST_REASON)
        try:
            place = find_place(here.house, named, caller.scope)
        except Unknown as unknown:
            raise FieldFault("of", unknown) from None
        request = Request(ends=ends, reason=why, branch=place.branch, unit=place.unit, starts=starts)
        silence(here.house, request, actor=caller.actor, now=here.now, scope=caller.scope)
    except Refusal as refusal:
        typed = {"of": of, "first": first, "last": last, "reason": reason}
        return _show(here, typed, trouble=refused(here, refusal))
    return done(HERE, "added")


@router.post(HERE + "/{number}/lift")
def lift(here: FormUser, number: Number) -> Response:
    """End a silence before its time; a second time, nothing happens."""
    caller = caller_of(here, Permission.SILENCE)
    lifted = lift_silence(here.house, number, actor=caller.actor, now=here.now, scope=caller.scope)
    return done(HERE, "lifted" if lifted else "lifted-before")


def _show(here: Here, typed: Mapping[str, str], *, done: str = "", trouble: Refused | None = None) -> Response:
    caller = caller_of(here, Permission.SILENCE)
    found = read_silences(here.house, now=here.now, scope=caller.scope)
    past = [silence for silence in found.silences if silence.lifted_at or silence.ends_at <= here.now]
    return page(
        here,
        "silences.html",
        status=trouble.status if trouble else 200,
        standing=[silence for silence in found.silences if silence not in past],
        past=past,
        zone=found.zone,
        typed=typed,
        refused=trouble,
        done=done,
        units=read_units(here.house, caller.scope),
    )
