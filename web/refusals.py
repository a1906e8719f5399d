"""Turn what could not be carried out into a page that says so."""

from collections.abc import Mapping
from http import HTTPStatus
from math import ceil
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from config.errors import Forbidden, Lapsed, Refusal, Stale, TooOften, Unknown
from config.translation import translations
from web.asked import NOTHING_ASKED, asked_at
from web.context import begin
from web.identity.kept import SECRETS, read_form
from web.navigation import say
from web.reasons import say_reason
from web.rendering import page

_STATUS: tuple[tuple[type[Refusal], HTTPStatus], ...] = (
    (Unknown, HTTPStatus.NOT_FOUND),
    (Forbidden, HTTPStatus.FORBIDDEN),
    (Stale, HTTPStatus.CONFLICT),
    (Lapsed, HTTPStatus.GONE),
    (TooOften, HTTPStatus.TOO_MANY_REQUESTS),
    (Refusal, HTTPStatus.UNPROCESSABLE_ENTITY),
)

_NOT_TYPED = SECRETS | {"login"}
_TOO_LARGE = say("That is too large to be taken; go back, choose a smaller file and try again.")
_WORDS: Mapping[int, str] = {
    HTTPStatus.NOT_FOUND: say("There is no such page."),
    HTTPStatus.METHOD_NOT_ALLOWED: say("There is no such page."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _TOO_LARGE,
    HTTPStatus.REQUEST_TIMEOUT: say("It took too long to arrive; go back and send it again."),
}
_UNREAD = say("That could not be read; go back and try again.")


def status_of(refusal: Refusal) -> HTTPStatus:
    """Return the status that a refusal is answered with."""
    return next(status for kind, status in _STATUS if isinstance(refusal, kind))


def say_when(response: Response, refusal: Refusal) -> Response:
    """Tell programs too when to ask again, where something was asked too often."""
    if isinstance(refusal, TooOften):
        response.headers["Retry-After"] = str(ceil(refusal.wait.total_seconds()))
    return response


def add_handlers(app: FastAPI) -> None:
    """Answer every refusal with a page in the reader's language; what was typed into a form stays in it."""

    @app.exception_handler(Refusal)
    async def refuse(request: Request, refusal: Refusal) -> Response:
        return await run_in_threadpool(refusal_page, request, refusal, await typed_into(request))

    @app.exception_handler(DataError)  # a text or a number that no database takes, such as one with a NUL in it
    @app.exception_handler(OverflowError)
    @app.exception_handler(HTTPException)
    @app.exception_handler(RequestValidationError)
    def refuse_address(request: Request, error: Any) -> Response:
        asked = begin(request)
        gettext = translations(asked.language).gettext
        status = getattr(error, "status_code", HTTPStatus.UNPROCESSABLE_ENTITY)
        said = gettext(_WORDS.get(status, _UNREAD))
        return page(asked, "refusal.html", status=status, said=said, typed={}, asked=NOTHING_ASKED, lapsed=False)


async def typed_into(request: Request) -> Mapping[str, str]:
    """Return what somebody typed into the form of a request, by field; secrets and marks of our own are left out."""
    if request.method != "POST":
        return {}
    try:
        kept, _ = await read_form(request)
    except (RuntimeError, HTTPException):
        return {}  # it was not read, or is no form
    return {name: value for name, value in kept.fields if value.strip() and name not in _NOT_TYPED}


def refusal_page(request: Request, refusal: Refusal, typed: Mapping[str, str]) -> Response:
    """Write the page that says why something was not carried out, with what was typed."""
    asked = begin(request)
    said, lapsed = say_reason(refusal, asked.language), isinstance(refusal, Lapsed)
    form = asked_at(asked.house, request.url.path) if typed else NOTHING_ASKED
    answer = page(asked, "refusal.html", status=status_of(refusal), said=said, typed=typed, asked=form, lapsed=lapsed)
    return say_when(answer, refusal)
