"""Log in and out."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from actions.log_in import log_in
from actions.log_out import log_out
from config.errors import Refusal, TooOften
from web.context import AnyOne, Here
from web.identity.cookies import forget_login
from web.identity.doors import FormUser, not_from_us
from web.identity.kept import unseal_form
from web.identity.letting_in import ask_to_log_in, let_in
from web.identity.own_pages import HOME, own_page
from web.identity.peers import address_of_peer, agent_of
from web.reasons import say_reason
from web.refusals import say_when

router = APIRouter()

_FROM_ELSEWHERE = ("cross-site", "same-site")


@router.get("/login")
def show_login(here: AnyOne, next: str = HOME) -> Response:  # noqa: A002
    """Show the form."""
    return ask_to_log_in(here, next_page=own_page(next))


@router.post("/login")
def take_login(
    here: AnyOne,
    login: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = HOME,  # noqa: A002
    kept: Annotated[str, Form()] = "",
) -> Response:
    """Let in, and go on to the page that was asked for, or to the form that was kept."""
    refuse_from_elsewhere(here)
    form = unseal_form(here.site.keys, here.browser, kept)
    try:
        started = log_in(
            here.house,
            login,
            password,
            came_from=address_of_peer(here.request),
            agent=agent_of(here.request),
            now=here.now,
        )
    except Refusal as refusal:
        status = HTTPStatus.TOO_MANY_REQUESTS if isinstance(refusal, TooOften) else HTTPStatus.UNAUTHORIZED
        said = say_reason(refusal, here.language)
        asked = ask_to_log_in(here, status=status, next_page=own_page(next), kept=form, login=login, said=said)
        return say_when(asked, refusal)
    return let_in(here, started, next_page=own_page(next), kept=form)


@router.post("/logout")
def take_logout(here: FormUser) -> Response:
    """End the login of this browser."""
    log_out(here.house, here.secret or "", now=here.now)
    response = RedirectResponse("/login", status_code=HTTPStatus.SEE_OTHER)
    forget_login(response)
    return response


def refuse_from_elsewhere(here: Here) -> None:
    """Raise Forbidden for what a page of another site sent; it could log a reader in as somebody of its choice."""
    if here.request.headers.get("sec-fetch-site") in _FROM_ELSEWHERE:
        raise not_from_us()
