"""Turn what could not be carried out into a page that says so."""

from http import HTTPStatus
from math import ceil
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from config.errors import Forbidden, Refusal, Stale, TooOften, Unknown
from web.context import here
from web.rendering import page
from web.translation import say_refusal, translations

_STATUS: tuple[tuple[type[Refusal], HTTPStatus], ...] = (
    (Unknown, HTTPStatus.NOT_FOUND),
    (Forbidden, HTTPStatus.FORBIDDEN),
    (Stale, HTTPStatus.CONFLICT),
    (TooOften, HTTPStatus.TOO_MANY_REQUESTS),
    (Refusal, HTTPStatus.UNPROCESSABLE_ENTITY),
)


def status_of(refusal: Refusal) -> HTTPStatus:
    """Return the status that a refusal is answered with."""
    return next(status for kind, status in _STATUS if isinstance(refusal, kind))


def say_when(response: Response, refusal: Refusal) -> Response:
    """Tell programs too when to ask again, where something was asked too often."""
    if isinstance(refusal, TooOften):
        response.headers["Retry-After"] = str(ceil(refusal.wait.total_seconds()))
    return response


def add_handlers(app: FastAPI) -> None:
    """Answer every refusal with a page in the reader's language."""

    @app.exception_handler(Refusal)
    def refuse(request: Request, refusal: Refusal) -> Response:
        asked = here(request)
        said = say_refusal(refusal, asked.language)
        return say_when(page(asked, "refusal.html", status=status_of(refusal), said=said), refusal)

    @app.exception_handler(DataError)  # a text or a number that no database takes, such as one with a NUL in it
    @app.exception_handler(OverflowError)
    @app.exception_handler(HTTPException)
    @app.exception_handler(RequestValidationError)
    def refuse_address(request: Request, error: Any) -> Response:
        asked = here(request)
        say = translations(asked.language).gettext
        status = getattr(error, "status_code", HTTPStatus.UNPROCESSABLE_ENTITY)
        known = status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)
        said = say("There is no such page.") if known else say("That could not be read; go back and try again.")
        return page(asked, "refusal.html", status=status, said=said)
