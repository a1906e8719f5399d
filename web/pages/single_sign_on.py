"""Log in by single sign-on: to the provider, and back."""

from http import HTTPStatus

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from actions.log_in_by_subject import log_in_by_subject
from config.errors import Refusal, Unknown
from config.settings import SingleSignOn
from web.context import AnyOne, Here
from web.identity.cookies import keep_cookie, read_cookie
from web.identity.letting_in import ask_to_log_in, let_in
from web.identity.own_pages import HOME, own_page
from web.identity.peers import agent_of
from web.identity.provider import LASTS, Begun, address_at_provider, prove
from web.reasons import say_reason

router = APIRouter()

COOKIE = "sso"
_BACK = "/login/sso/back"


@router.get("/login/sso")
def go_to_provider(here: AnyOne, next: str = HOME) -> Response:  # noqa: A002
    """Send the browser to the provider, with what its answer has to fit."""
    sign_on = _set_up(here)
    begun = Begun.anew(own_page(next), here.now)
    try:
        address = address_at_provider(sign_on, begun, _comes_back_to(here))
    except Refusal as refusal:
        return _refused(here, refusal)
    response = RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER)
    keep_cookie(here.site.keys, response, COOKIE, begun.as_text(), LASTS)
    return response


@router.get(_BACK)
def come_back(here: AnyOne) -> Response:
    """Let in whom the provider has proved; what was begun is good for one answer."""
    sign_on = _set_up(here)
    kept = read_cookie(here.site.keys, here.request.cookies, COOKIE)
    begun = Begun.from_text(kept) if kept else None
    try:
        proved = prove(sign_on, begun, dict(here.request.query_params), _comes_back_to(here), now=here.now)
        started = log_in_by_subject(here.house, proved, agent=agent_of(here.request), now=here.now)
    except Refusal as refusal:
        response = _refused(here, refusal)
    else:
        response = let_in(here, started, next_page=begun.next_page if begun else HOME)
    response.delete_cookie(COOKIE, path="/")
    return response


def _set_up(here: Here) -> SingleSignOn:
    sign_on = here.house.settings.single_sign_on
    if sign_on is None:
        raise Unknown("There is no such page.")
    return sign_on


def _comes_back_to(here: Here) -> str:
    """Return where the provider sends the browser back to: as the operator says, else as it was asked."""
    return f"{here.reached_at}{_BACK}"


def _refused(here: Here, refusal: Refusal) -> Response:
    said = say_reason(refusal, here.language)
    return ask_to_log_in(here, status=HTTPStatus.UNAUTHORIZED, said=said)
