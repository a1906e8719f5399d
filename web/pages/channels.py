"""Channels: tried, disabled, taken up again."""

from fastapi import APIRouter, Response

from actions.reading.channels import read_channel
from actions.switch_channel import disable_channel, enable_channel
from actions.try_channel import try_channel
from config.errors import Refusal
from config.vocabulary import Permission
from rules.words import LONGEST_REASON
from web.fields import Fields
from web.forms import Sent
from web.identity.doors import FormUser, FormVisitor, caller_of
from web.inputs import Number, done
from web.pages.officer import address_of, show_officer
from web.typed import refused

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
        return show_officer(here, officer, typed=refused(here, refusal, "channels"))
    return show_officer(here, officer, tried=(number, verdict))


@router.post(HERE + "/disable")
def disable(here: FormVisitor, sent: Sent, number: Number) -> Response:
    """Send nothing through a channel any more."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    officer = read_channel(here.house, number, caller.scope).officer
    fields = Fields(sent)
    reason = fields.words("reason", LONGEST_REASON, needed=True)
    if reason is None:
        return show_officer(here, officer, typed=fields.back(f"disable-{number}", here.language))
    try:
        disable_channel(here.house, number, reason=reason, actor=caller.actor, now=here.now, scope=caller.scope)
    except Refusal as refusal:
        return show_officer(here, officer, typed=refused(here, refusal, "channels"))
    return done(address_of(officer), "channel-disabled")


@router.post(HERE + "/enable")
def enable(here: FormUser, number: Number) -> Response:
    """Take a disabled channel up again."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    officer = read_channel(here.house, number, caller.scope).officer
    try:
        enable_channel(here.house, number, actor=caller.actor, now=here.now, scope=caller.scope)
    except Refusal as refusal:
        return show_officer(here, officer, typed=refused(here, refusal, "channels"))
    return done(address_of(officer), "channel-enabled")
