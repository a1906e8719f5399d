"""The own account: name, language, password, and the browsers that are logged in."""

from fastapi import APIRouter, Response

from actions.access.passwords import check_password
from actions.change_account import change_account
from actions.change_password import WrongPassword, change_password
from actions.feeds.addresses import feeds_of
from actions.feeds.revoke import revoke_feeds
from actions.log_out_elsewhere import log_out_elsewhere
from actions.reading.account import read_account
from config.errors import Refusal
from config.one_line import check_name
from config.vocabulary import Language, TokenScope
from models.user import LONGEST_NAME
from web.answers import SEEN
from web.context import Here
from web.fields import Fields
from web.forms import Sent
from web.identity.doors import FormUser, FormVisitor, User, caller_of
from web.identity.peers import address_of_peer
from web.refusals import say_when
from web.rendering import page
from web.told import and_tell
from web.typed import NOTHING, Typed

router = APIRouter()

ACCOUNT = "/account"
ABOUT, PASSWORD, TOKENS = "about", "password", "tokens"
"""The forms of this page."""
GOOD_FOR = ("30", "90", "365")
"""For how many days a token may be good."""


@router.get(ACCOUNT)
def show_account(here: User) -> Response:
    """Show what the user may change of their own."""
    return account_page(here)


@router.post(ACCOUNT)
def take_account(here: FormVisitor, sent: Sent) -> Response:
    """Change name and language."""
    login, fields = caller_of(here).actor, Fields(sent)
    name = fields.read("name", _read_name, needed=True)
    language = fields.word("language", Language)
    if name and not fields.faults:
        with fields.beside():
            change_account(here.house, login, name, language, now=here.now, seen=sent.fields.get(SEEN))
            return and_tell(ACCOUNT, "saved")
    return account_page(here, fields.back(ABOUT, here.language))


@router.post("/account/password")
def take_password(here: FormVisitor, sent: Sent) -> Response:
    """Change the password, which ends every login: whoever knows the new one logs in again."""
    login, came_from = caller_of(here).actor, address_of_peer(here.request)
    fields, old = Fields(sent), sent.text("old_password")
    new = fields.read("new_password", check_password, needed=True)
    if new and new != sent.text("new_password_again"):
        fields.faults["new_password_again"] = Refusal("the new password was typed in two ways; type it again")
    if new and not fields.faults:
        with fields.beside(), fields.beside("old_password", only=WrongPassword):
            change_password(here.house, login, old, new, came_from=came_from, now=here.now)
            return and_tell("/login", "password")
    refused = account_page(here, fields.back(PASSWORD, here.language))
    return say_when(refused, fields.faults[""]) if "" in fields.faults else refused


@router.post("/account/log-out-elsewhere")
def take_log_out_elsewhere(here: FormUser) -> Response:
    """End the logins of all other browsers."""
    log_out_elsewhere(here.house, caller_of(here).actor, here.secret or "", now=here.now)
    return and_tell(ACCOUNT, "logged-out")


@router.post("/account/feeds/revoke")
def take_feeds_revoked(here: FormUser) -> Response:
    """Make the addresses of the calendars void, and show new ones."""
    actor = caller_of(here).actor
    revoke_feeds(here.house, actor, actor=actor, now=here.now)
    return and_tell(ACCOUNT, "feeds")


def account_page(here: Here, typed: Typed = NOTHING, *, made: str = "") -> Response:
    """Write the page, with a form that was refused as it was typed; `made` is the secret of a new token."""
    caller = caller_of(here)
    return page(
        here,
        "account.html",
        status=typed.status,
        account=read_account(here.house, caller.actor, here.secret or "", now=here.now),
        feeds=feeds_of(here.house, caller),
        scopes=tuple(TokenScope),
        good_for=GOOD_FOR,
        typed=typed,
        made=made,
    )


def _read_name(text: str) -> str:
    return check_name(text, LONGEST_NAME)
