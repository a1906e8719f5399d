"""The language of the pages, for whoever has none of their own."""

from datetime import timedelta
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from web.context import LANGUAGE_COOKIE, AnyOne
from web.identity.own_pages import HOME, own_page
from web.language import language_of

router = APIRouter()

_LASTS = timedelta(days=400)


@router.post("/language")
def choose_language(
    here: AnyOne,
    language: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = HOME,  # noqa: A002
) -> Response:
    """Remember a language in this browser, and go back to the page; one that there is none of changes nothing."""
    response = RedirectResponse(own_page(next), status_code=HTTPStatus.SEE_OTHER)
    chosen = language_of(language)
    if chosen is not None:
        response.set_cookie(
            LANGUAGE_COOKIE,
            chosen,
            max_age=int(_LASTS.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=here.site.keys.secure,
        )
    return response
