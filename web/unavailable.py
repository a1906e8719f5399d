"""The database has no turn to give, or cannot be reached: 503, when to ask again, and nothing typed is lost."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from starlette.concurrency import run_in_threadpool

from config.translation import translations
from models.database import is_unavailable
from web.asked import NOTHING_ASKED
from web.context import begin, begin_unknown
from web.navigation import say
from web.refusals import typed_into
from web.rendering import page

KINDS = (OperationalError, PoolExhausted)
"""The errors among which such trouble is; `is_unavailable` tells it from the others."""
RETRY_AFTER: Mapping[str, str] = {"Retry-After": "10"}
"""In how many seconds to ask again."""
BUSY = say("The database is busy just now. Nothing was changed: wait a moment, go back and send it again.")


def add_handlers(app: FastAPI) -> None:
    """Answer with a page that says so, and shows what was typed."""

    async def give_way(request: Request, error: Exception) -> Response:
        if not is_unavailable(error):
            raise error
        return await run_in_threadpool(_page, request, await typed_into(request))

    for kind in KINDS:
        app.add_exception_handler(kind, give_way)


def _page(request: Request, typed: Mapping[str, str]) -> Response:
    try:
        here = begin(request)
    except KINDS:
        here = begin_unknown(request)
    said = translations(here.language).gettext(BUSY)
    status = HTTPStatus.SERVICE_UNAVAILABLE
    answer = page(here, "refusal.html", status=status, said=said, typed=typed, asked=NOTHING_ASKED, lapsed=False)
    answer.headers.update(RETRY_AFTER)
    return answer
