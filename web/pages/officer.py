"""One officer: branches, who stands in, who takes over, and how the officer is reached."""

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
from config.errors import Unknown
from config.vocabulary import OnDoubt, Permission
from notifications.channels.message import Verdict
from web.context import Here
from web.fields import Fields
from web.forms import Sent
from web.identity.doors import FormUser, FormVisitor, User, caller_of
from web.inputs import LONGEST_CODE, LONGEST_PHONE, LONGEST_URL, done
from web.rendering import page
from web.typed import NOTHING, Typed

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
def take_away(here: FormVisitor, sent: Sent, officer: str) -> Response:
    """Have a deputy told instead for some days."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    fields = Fields(sent)
    deputy = fields.words("deputy", LONGEST_CODE, needed=True)
    first, last = fields.day("first", needed=True), fields.day("last")
    if deputy and first and not fields.faults:
        with fields.beside(), fields.beside("deputy", only=Unknown):
            set_away(here.house, officer, deputy, first, last, actor=caller.actor, now=here.now, scope=caller.scope)
            return done(address_of(officer), "away")
    return show_officer(here, officer, typed=fields.back("away", here.language))


@router.post(HERE + "/back")
def take_back(here: FormUser, officer: str) -> Response:
    """Have an officer told again; a second time, nothing happens."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    set_back(here.house, officer, actor=caller.actor, now=here.now, scope=caller.scope)
    return done(address_of(officer), "back")


@router.post(HERE + "/hand-over")
def take_over(here: FormVisitor, sent: Sent, officer: str) -> Response:
    """Give the branches of an officer, those inside the caller's scope, to another."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    fields = Fields(sent)
    taker = fields.words("to", LONGEST_CODE, needed=True)
    if taker:
        with fields.beside("to"):
            count = hand_over(here.house, officer, taker, actor=caller.actor, now=here.now, scope=caller.scope)
            return done(address_of(officer), "handed-over" if count else "nothing-to-hand-over")
    return show_officer(here, officer, typed=fields.back("hand-over", here.language))


@router.post(HERE + "/phone")
def take_phone(here: FormVisitor, sent: Sent, officer: str) -> Response:
    """Keep the number that an officer is called at, or forget it."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    fields = Fields(sent)
    number = fields.words("phone", LONGEST_PHONE)
    if not fields.faults:
        with fields.beside("phone"):
            set_phone(here.house, officer, number, actor=caller.actor, now=here.now, scope=caller.scope)
            return done(address_of(officer), "phone")
    return show_officer(here, officer, typed=fields.back("phone", here.language))


@router.post(HERE + "/links")
def take_links(here: FormUser, officer: str) -> Response:
    """Make void every link that the officer was sent."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    revoke_links(here.house, officer, actor=caller.actor, now=here.now, scope=caller.scope)
    return done(address_of(officer), "links")


@router.post(HERE + "/channels")
def take_channel(here: FormVisitor, sent: Sent, officer: str) -> Response:
    """Give an officer one more way to be reached; of an address that cannot be used nothing is shown again."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    fields = Fields(sent)
    url, on_doubt = fields.words("url", LONGEST_URL, needed=True), fields.word("on_doubt", OnDoubt)
    if url and not fields.faults:
        address = Address(officer, url, on_doubt, is_first=bool(sent.text("before_others")))
        with fields.beside("url"):
            add_channel(here.house, address, actor=caller.actor, now=here.now, scope=caller.scope)
            return done(address_of(officer), "channel-added")
    return show_officer(here, officer, typed=fields.back("channel", here.language))


def show_officer(
    here: Here,
    officer: str,
    *,
    done: str = "",
    typed: Typed = NOTHING,
    tried: tuple[int, Verdict] | None = None,
) -> Response:
    """Write an officer's page; `tried` is a channel that was just tried out, with what the provider said."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    detail = read_officer(here.house, officer, now=here.now, scope=caller.scope)
    return page(
        here,
        "officer.html",
        status=typed.status,
        detail=detail,
        officer=detail.officer,
        address=address_of(officer),
        feed=here.reached_at + feed_of_officer(here.house, officer, caller.scope).path,
        zone=ZoneInfo(here.house.settings.timezone),
        typed=typed,
        done=done,
        tried=tried,
    )
