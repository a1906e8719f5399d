"""Log in and out."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from actions.log_in import log_in
from actions.log_out import log_out
from config.errors import Refusal
from web.context import AnyOne
from web.identity.cookies import forget_login, keep_login
from web.identity.doors import FormUser
from web.rendering import page
from web.translation import say_refusal

router = APIRouter()

HOME = "/"


@router.get("/login")
def show_login(here: AnyOne, next: str = HOME) -> Response:  # noqa: A002
    """Show the form."""
    return page(here, "login.html", next=_own(next), login="", said=None)


@router.post("/login")
def take_login(
    here: AnyOne,
    login: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = HOME,  # noqa: A002
) -> Response:
    """Let in, and go on to the page that was asked for."""
    try:
        started = log_in(here.house, login, password, now=here.now)
    except Refusal as refusal:
        said = say_refusal(refusal, here.language)
        return page(here, "login.html", status=HTTPStatus.UNAUTHORIZED, next=_own(next), login=login, said=said)
    response = RedirectResponse(_own(next), status_code=HTTPStatus.SEE_OTHER)
    keep_login(here.site.keys, response, started.secret, started.ends_at - here.now)
    return response


@router.post("/logout")
def take_logout(here: FormUser) -> Response:
    """End the login of this browser."""
    log_out(here.house, here.secret or "", now=here.now)
    response = RedirectResponse("/login", status_code=HTTPStatus.SEE_OTHER)
    forget_login(response)
    return response


def _own(address: str) -> str:
    """Return the address if it is one of ours: a link must not lead through the login page to another site."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else HOME
