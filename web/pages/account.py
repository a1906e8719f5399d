"""The own account: name, language, password, and the browsers that are logged in."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Response

from actions.change_account import change_account
from actions.change_password import change_password
from actions.feeds.addresses import feeds_of
from actions.feeds.revoke import revoke_feeds
from actions.log_out_elsewhere import log_out_elsewhere
from actions.reading.account import read_account
from config.errors import Refusal
from config.translation import say_refusal
from config.vocabulary import TokenScope
from web.context import Here
from web.identity.doors import FormUser, User, caller_of
from web.identity.peers import address_of_peer
from web.language import language_of
from web.refusals import say_when, status_of
from web.rendering import page
from web.told import and_tell

router = APIRouter()

ACCOUNT = "/account"


@router.get(ACCOUNT)
def show_account(here: User) -> Response:
    """Show what the user may change of their own."""
    return account_page(here)


@router.post(ACCOUNT)
def take_account(here: FormUser, name: Annotated[str, Form()] = "", language: Annotated[str, Form()] = "") -> Response:
    """Change name and language."""
    try:
        change_account(here.house, caller_of(here).actor, name, language_of(language), now=here.now)
    except Refusal as refusal:
        return refused_page(here, refusal, "about", name=name)
    return and_tell(ACCOUNT, "saved")


@router.post("/account/password")
def take_password(
    here: FormUser,
    old_password: Annotated[str, Form()] = "",
    new_password: Annotated[str, Form()] = "",
    new_password_again: Annotated[str, Form()] = "",
) -> Response:
    """Change the password, which ends every login: whoever knows the new one logs in again."""
    try:
        if new_password != new_password_again:
            raise Refusal("the new password was typed in two ways; type it again")  # noqa: TRY301
        came_from = address_of_peer(here.request)
        change_password(
            here.house, caller_of(here).actor, old_password, new_password, came_from=came_from, now=here.now
        )
    except Refusal as refusal:
        return refused_page(here, refusal, "password")
    return and_tell("/login", "password")


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


def account_page(here: Here, *, status: HTTPStatus = HTTPStatus.OK, **values: str) -> Response:
    """Write the page; `refused` stands at the form that `at` names, `made` is the secret of a new token."""
    caller = caller_of(here)
    account = read_account(here.house, caller.actor, here.secret or "", now=here.now)
    known = {"at": "", "refused": "", "made": "", "name": caller.name, "token": ""}
    feeds = feeds_of(here.house, caller)
    return page(
        here, "account.html", status=status, account=account, feeds=feeds, scopes=tuple(TokenScope), **(known | values)
    )


def refused_page(here: Here, refusal: Refusal, at: str, **typed: str) -> Response:
    """Write the page with why a form of it was refused, and with what was typed into it."""
    said = say_refusal(refusal, here.language)
    return say_when(account_page(here, status=status_of(refusal), at=at, refused=said, **typed), refusal)
