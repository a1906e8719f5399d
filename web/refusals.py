"""Turn what could not be carried out into a page that says so."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from config.errors import Forbidden, Refusal, Stale, Unknown
from web.context import here
from web.identity.doors import LoggedOut
from web.rendering import page
from web.translation import say_refusal, translations

_STATUS: tuple[tuple[type[Refusal], HTTPStatus], ...] = (
    (Unknown, HTTPStatus.NOT_FOUND),
    (Forbidden, HTTPStatus.FORBIDDEN),
    (Stale, HTTPStatus.CONFLICT),
    (Refusal, HTTPStatus.UNPROCESSABLE_ENTITY),
)


def status_of(refusal: Refusal) -> HTTPStatus:
    """Return the status that a refusal is answered with."""
    return next(status for kind, status in _STATUS if isinstance(refusal, kind))


def add_handlers(app: FastAPI) -> None:
    """Answer every refusal with a page in the reader's language."""

    @app.exception_handler(Refusal)
    def refuse(request: Request, refusal: Refusal) -> Response:
        asked = here(request)
        said = say_refusal(refusal, asked.language)
        return page(asked, "refusal.html", status=status_of(refusal), said=said)

    @app.exception_handler(LoggedOut)
    def ask_to_log_in(request: Request, _: LoggedOut) -> Response:
        return RedirectResponse(f"/login?next={request.url.path}", status_code=HTTPStatus.SEE_OTHER)

    @app.exception_handler(HTTPException)
    @app.exception_handler(RequestValidationError)
    def refuse_address(request: Request, error: Any) -> Response:
        asked = here(request)
        say = translations(asked.language).gettext
        status = getattr(error, "status_code", HTTPStatus.UNPROCESSABLE_ENTITY)
        known = status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)
        said = say("There is no such page.") if known else say("That could not be read; go back and try again.")
        return page(asked, "refusal.html", status=status, said=said)
