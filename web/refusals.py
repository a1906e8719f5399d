"""Turn what could not be carried out into a page that says so."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from config.errors import Forbidden, Lapsed, Refusal, Stale, Unknown
from web.context import here
from web.identity.doors import LoggedOut
from web.rendering import page
from web.translation import say_refusal, translations

_STATUS: tuple[tuple[type[Refusal], HTTPStatus], ...] = (
    (Unknown, HTTPStatus.NOT_FOUND),
    (Forbidden, HTTPStatus.FORBIDDEN),
    (Stale, HTTPStatus.CONFLICT),
    (Lapsed, HTTPStatus.GONE),
    (Refusal, HTTPStatus.UNPROCESSABLE_ENTITY),
)

_NOT_TYPED = {"csrf", "seen", "back", "next", "login", "password", "old_password", "new_password"}


def status_of(refusal: Refusal) -> HTTPStatus:
    """Return the status that a refusal is answered with."""
    return next(status for kind, status in _STATUS if isinstance(refusal, kind))


def add_handlers(app: FastAPI) -> None:
    """Answer every refusal with a page in the reader's language; what was typed into a form stays in it."""

    @app.exception_handler(Refusal)
    async def refuse(request: Request, refusal: Refusal) -> Response:
        return await run_in_threadpool(_refuse, request, refusal, await typed_into(request))

    @app.exception_handler(LoggedOut)
    async def ask_to_log_in(request: Request, _: LoggedOut) -> Response:
        typed = await typed_into(request)
        if not typed:
            return RedirectResponse(f"/login?next={request.url.path}", status_code=HTTPStatus.SEE_OTHER)
        lost = Refusal("you are not logged in any more; log in, and send again what you typed")
        return await run_in_threadpool(_refuse, request, lost, typed, HTTPStatus.UNAUTHORIZED)

    @app.exception_handler(HTTPException)
    @app.exception_handler(RequestValidationError)
    def refuse_address(request: Request, error: Any) -> Response:
        asked = here(request)
        say = translations(asked.language).gettext
        status = getattr(error, "status_code", HTTPStatus.UNPROCESSABLE_ENTITY)
        if status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
            said = say("There is no such page.")
        elif status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            said = say("That is too large to be taken; go back, choose a smaller file and try again.")
        else:
            said = say("That could not be read; go back and try again.")
        return page(asked, "refusal.html", status=status, said=said, typed={}, lapsed=False)


async def typed_into(request: Request) -> Mapping[str, str]:
    """Return what somebody typed into the form of a request, by field; secrets and marks of our own are left out."""
    if request.method != "POST":
        return {}
    fields = getattr(request.state, "typed", None)
    if fields is None:
        try:
            fields = await request.form()
        except (RuntimeError, HTTPException):
            return {}  # it was not read, or is no form
    return {
        name: value
        for name, value in fields.items()
        if isinstance(value, str) and value.strip() and name not in _NOT_TYPED
    }


def _refuse(request: Request, refusal: Refusal, typed: Mapping[str, str], status: HTTPStatus | None = None) -> Response:
    asked = here(request)
    said = say_refusal(refusal, asked.language)
    lapsed = isinstance(refusal, Lapsed)
    return page(asked, "refusal.html", status=status or status_of(refusal), said=said, typed=typed, lapsed=lapsed)
