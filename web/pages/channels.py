"""Channels: tried, disabled, taken up again."""

from fastapi import APIRouter, Response

from actions.reading.channels import read_channel
from actions.switch_channel import disable_channel, enable_channel
from actions.try_channel import try_channel
from config.errors import Refusal
from config.vocabulary import Permission
from rules.words import LONGEST_REASON
from web.identity.doors import FormUser, caller_of
from web.inputs import FieldFault, Number, Text, done, refused, words
from web.pages.officer import address_of, show_officer

router = APIRouter()

HERE = "/channels/{number}"


@router.post(HERE + "/test")
def test_channel(here: FormUser, number: Number) -> Response:
    """Send a test message, and show what the provider said."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    officer = read_channel(here.house, number, caller.scope).officer
    try:
        verdict = try_channel(here.house, number, actor=caller.actor, clock=here.site.clock, scope=caller.scope)
    except Refusal as refusal:
        return show_officer(here, officer, trouble={"channels": refused(here, refusal)})
    return show_officer(here, officer, tried=(number, verdict))


@router.post(HERE + "/disable")
def disable(here: FormUser, number: Number, reason: Text = "") -> Response:
    """Send nothing through a channel any more."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    officer = read_channel(here.house, number, caller.scope).officer
    try:
        why = words("reason", reason, LONGEST_REASON)
        disable_channel(here.house, number, reason=why, actor=caller.actor, now=here.now, scope=caller.scope)
    except Refusal as refusal:
        form = f"disable-{number}" if isinstance(refusal, FieldFault) else "channels"
        return show_officer(here, officer, trouble={form: refused(here, refusal)})
    return done(address_of(officer), "channel-disabled")


@router.post(HERE + "/enable")
def enable(here: FormUser, number: Number) -> Response:
    """Take a disabled channel up again."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    officer = read_channel(here.house, number, caller.scope).officer
    try:
        enable_channel(here.house, number, actor=caller.actor, now=here.now, scope=caller.scope)
    except Refusal as refusal:
        return show_officer(here, officer, trouble={"channels": refused(here, refusal)})
    return done(address_of(officer), "channel-enabled")
