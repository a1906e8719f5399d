"""One officer: branches, who stands in, who takes over, and how the officer is reached."""

from collections.abc import Mapping
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response

from actions.add_channel import Address, add_channel
from actions.feeds.addresses import feed_of_officer
from actions.hand_over import hand_over
from actions.reading.people import read_officer
from actions.revoke_links import revoke_links
from actions.set_away import set_away
from actions.set_back import set_back
from actions.set_phone import set_phone
from config.errors import Refusal
from config.vocabulary import OnDoubt, Permission
from notifications.channels.message import Verdict
from web.context import Here
from web.identity.doors import FormUser, User, caller_of
from web.inputs import (
    LONGEST_CODE,
    LONGEST_PHONE,
    LONGEST_URL,
    Refused,
    Text,
    beside,
    day,
    day_or_none,
    done,
    refused,
    word_or_none,
    words,
    words_or_none,
)
from web.rendering import page

router = APIRouter()

HERE = "/people/{officer}"


def address_of(officer: str) -> str:
    """Return where an officer's page is."""
    return f"/people/{quote(officer, safe='')}"


@router.get(HERE)
def show_officer_page(here: User, officer: str, done: str = "") -> Response:
    """Show an officer and what can be done about them."""
    return show_officer(here, officer, done=done)


@router.post(HERE + "/away")
def take_away(here: FormUser, officer: str, deputy: Text = "", first: Text = "", last: Text = "") -> Response:
    """Have a deputy told instead for some days."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    typed = {"deputy": deputy, "first": first, "last": last}
    try:
        instead, days = words("deputy", deputy, LONGEST_CODE), (day("first", first), day_or_none("last", last))
        with beside("deputy"):
            set_away(here.house, officer, instead, *days, actor=caller.actor, now=here.now, scope=caller.scope)
    except Refusal as refusal:
        return show_officer(here, officer, typed=typed, trouble={"away": refused(here, refusal)})
    return done(address_of(officer), "away")


@router.post(HERE + "/back")
def take_back(here: FormUser, officer: str) -> Response:
    """Have an officer told again; a second time, nothing happens."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    set_back(here.house, officer, actor=caller.actor, now=here.now, scope=caller.scope)
    return done(address_of(officer), "back")


@router.post(HERE + "/hand-over")
def take_over(here: FormUser, officer: str, to: Text = "") -> Response:
    """Give the branches of an officer, those inside the caller's scope, to another."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    try:
        taker = words("to", to, LONGEST_CODE)
        with beside("to"):
            count = hand_over(here.house, officer, taker, actor=caller.actor, now=here.now, scope=caller.scope)
    except Refusal as refusal:
        return show_officer(here, officer, typed={"to": to}, trouble={"hand-over": refused(here, refusal)})
    return done(address_of(officer), "handed-over" if count else "nothing-to-hand-over")


@router.post(HERE + "/phone")
def take_phone(here: FormUser, officer: str, phone: Text = "") -> Response:
    """Keep the number that an officer is called at, or forget it."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    try:
        number = words_or_none("phone", phone, LONGEST_PHONE)
        with beside("phone"):
            set_phone(here.house, officer, number, actor=caller.actor, now=here.now, scope=caller.scope)
    except Refusal as refusal:
        return show_officer(here, officer, typed={"phone": phone}, trouble={"phone": refused(here, refusal)})
    return done(address_of(officer), "phone")


@router.post(HERE + "/links")
def take_links(here: FormUser, officer: str) -> Response:
    """Make void every link that the officer was sent."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    revoke_links(here.house, officer, actor=caller.actor, now=here.now, scope=caller.scope)
    return done(address_of(officer), "links")


@router.post(HERE + "/channels")
def take_channel(here: FormUser, officer: str, url: Text = "", on_doubt: Text = "", first: Text = "") -> Response:
    """Give an officer one more way to be reached; of an address that cannot be used nothing is shown again."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    try:
        said = words("url", url, LONGEST_URL)
        address = Address(officer, said, word_or_none("on_doubt", on_doubt, OnDoubt), is_first=bool(first))
        with beside("url"):
            add_channel(here.house, address, actor=caller.actor, now=here.now, scope=caller.scope)
    except Refusal as refusal:
        typed = {"on_doubt": on_doubt, "is_first": first}
        return show_officer(here, officer, typed=typed, trouble={"channel": refused(here, refusal)})
    return done(address_of(officer), "channel-added")


def show_officer(
    here: Here,
    officer: str,
    *,
    done: str = "",
    typed: Mapping[str, str] | None = None,
    trouble: Mapping[str, Refused] | None = None,
    tried: tuple[int, Verdict] | None = None,
) -> Response:
    """Write an officer's page; `tried` is a channel that was just tried out, with what the provider said."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    detail = read_officer(here.house, officer, now=here.now, scope=caller.scope)
    wrong = next(iter((trouble or {}).values()), None)
    return page(
        here,
        "officer.html",
        status=wrong.status if wrong else 200,
        detail=detail,
        officer=detail.officer,
        address=address_of(officer),
        feed=here.reached_at + feed_of_officer(here.house, officer, caller.scope).path,
        zone=ZoneInfo(here.house.settings.timezone),
        typed=typed or {},
        refused=trouble or {},
        done=done,
        tried=tried,
    )
