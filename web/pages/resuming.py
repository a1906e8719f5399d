"""A form that came without a valid login, or from a page of another login: nothing that was typed is lost."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from config.translation import translations
from web.context import AnyOne, begin
from web.identity.cookies import BROWSER_COOKIE, read_cookie
from web.identity.csrf import is_from_browser
from web.identity.doors import LoggedOut, OtherLogin, not_from_us
from web.identity.kept import Kept, has_secrets, is_too_long, read_form, unseal_form
from web.identity.letting_in import ask_to_log_in, ask_to_send
from web.refusals import refusal_page
from web.site import site_of

router = APIRouter()


@router.post("/resume")
def resume(here: AnyOne, kept: Annotated[str, Form()] = "") -> Response:
    """Go on with a form that was kept, by whoever has logged in meanwhile, in another tab perhaps."""
    form = unseal_form(here.site.keys, here.browser, kept)
    if form is None:
        return RedirectResponse("/", status_code=HTTPStatus.SEE_OTHER)
    if here.caller is None:
        return ask_to_log_in(here, status=HTTPStatus.UNAUTHORIZED, kept=form)
    return ask_to_send(here, form)


def add_handlers(app: FastAPI) -> None:
    """Send pages that need a login to the login page, and keep the forms."""

    @app.exception_handler(LoggedOut)
    async def ask_for_login(request: Request, _: LoggedOut) -> Response:
        if request.method == "POST":
            if read_cookie(site_of(request).keys, request.cookies, BROWSER_COOKIE) is None:
                return RedirectResponse("/login", status_code=HTTPStatus.SEE_OTHER)  # nothing of it is read
            kept, brought = await read_form(request)
            return await run_in_threadpool(_keep, request, kept, brought)
        query = f"?{request.url.query}" if request.url.query else ""
        asked = quote(request.url.path + query, safe="/")
        return RedirectResponse(f"/login?next={asked}", status_code=HTTPStatus.SEE_OTHER)

    @app.exception_handler(OtherLogin)
    async def show_again(request: Request, _: OtherLogin) -> Response:
        kept, _brought = await read_form(request)
        return await run_in_threadpool(_show_again, request, kept)


def _keep(request: Request, kept: Kept, brought: str) -> Response:
    asked = begin(request)
    if has_secrets(kept) or not is_from_browser(asked.site.keys, asked.browser, brought):
        return RedirectResponse("/login", status_code=HTTPStatus.SEE_OTHER)
    if is_too_long(kept):
        said = translations(asked.language).gettext(
            "You are not logged in, and what you typed is too long to be kept here: go back, copy it, log in."
        )
        return ask_to_log_in(asked, status=HTTPStatus.UNAUTHORIZED, said=said)
    return ask_to_log_in(asked, status=HTTPStatus.UNAUTHORIZED, kept=kept)


def _show_again(request: Request, kept: Kept) -> Response:
    if has_secrets(kept):
        return refusal_page(request, not_from_us(), {})
    return ask_to_send(begin(request), kept, status=HTTPStatus.CONFLICT)
