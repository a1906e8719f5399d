"""Times in which nobody is reminded."""

from fastapi import APIRouter, Response

from actions.lift_silence import lift_silence
from actions.reading.places import find_place, read_units
from actions.reading.silences import read_silences
from actions.silence import Request, silence
from config.vocabulary import Permission
from rules.words import LONGEST_REASON
from web.context import Here
from web.fields import Fields
from web.forms import Sent
from web.identity.doors import FormUser, FormVisitor, User, caller_of
from web.inputs import LONGEST_NAME, Number, done, read_text
from web.rendering import page
from web.typed import Typed

router = APIRouter()

HERE = "/silences"
FORM = "silence"


@router.get(HERE)
def show_silences(here: User, of: str = "", done: str = "") -> Response:
    """List the silences inside the caller's scope; `of` is whom a new one is about, from a page that leads here."""
    return _show(here, Typed(FORM, {"of": of}), done=done)


@router.post(HERE)
def add_silence(here: FormVisitor, sent: Sent) -> Response:
    """Silence a branch or a unit for some days."""
    caller = caller_of(here, Permission.SILENCE)
    fields = Fields(sent)
    place = fields.read(
        "of", lambda text: find_place(here.house, read_text(text, LONGEST_NAME), caller.scope), needed=True
    )
    first, last = fields.day("first"), fields.day("last", needed=True)
    reason = fields.words("reason", LONGEST_REASON, needed=True)
    if place and last and reason and not fields.faults:
        request = Request(ends=last, reason=reason, branch=place.branch, unit=place.unit, starts=first)
        with fields.beside("last"):
            silence(here.house, request, actor=caller.actor, now=here.now, scope=caller.scope)
            return done(HERE, "added")
    return _show(here, fields.back(FORM, here.language))


@router.post(HERE + "/{number}/lift")
def lift(here: FormUser, number: Number) -> Response:
    """End a silence before its time; a second time, nothing happens."""
    caller = caller_of(here, Permission.SILENCE)
    lifted = lift_silence(here.house, number, actor=caller.actor, now=here.now, scope=caller.scope)
    return done(HERE, "lifted" if lifted else "lifted-before")


def _show(here: Here, typed: Typed, *, done: str = "") -> Response:
    caller = caller_of(here, Permission.SILENCE)
    found = read_silences(here.house, now=here.now, scope=caller.scope)
    past = [silence for silence in found.silences if silence.lifted_at or silence.ends_at <= here.now]
    return page(
        here,
        "silences.html",
        status=typed.status,
        standing=[silence for silence in found.silences if silence not in past],
        past=past,
        zone=found.zone,
        typed=typed,
        done=done,
        units=read_units(here.house, caller.scope),
    )
