"""Ask for a login, and go on from there: to the page that was asked for, or to the form that was kept."""

from dataclasses import replace
from http import HTTPStatus

from fastapi import Response
from fastapi.responses import RedirectResponse

from actions.access.callers import find_by_login
from actions.access.logins import LoggedIn
from actions.access.secrets import new_secret
from actions.log_out import log_out
from web.asked import asked_at
from web.context import Here
from web.identity.cookies import BROWSER_COOKIE, BROWSER_LASTS, keep_cookie, keep_login, read_login
from web.identity.kept import Kept, seal_form
from web.identity.own_pages import HOME
from web.rendering import page


def ask_to_log_in(
    here: Here,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    next_page: str = HOME,
    kept: Kept | None = None,
    login: str = "",
    said: str | None = None,
) -> Response:
    """Show the login page; a form that was kept goes with it."""
    sealed = seal_form(here.site.keys, here.browser, kept) if kept and here.browser else ""
    return page(here, "login.html", status=status, next=next_page, login=login, said=said, sealed=sealed, kept=kept)


def ask_to_send(here: Here, kept: Kept, *, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """Show a form that was kept to whoever is logged in now; nothing is sent before they say so."""
    return page(here, "resume.html", status=status, kept=kept, asked=asked_at(here.house, kept.path))


def let_in(here: Here, started: LoggedIn, *, next_page: str = HOME, kept: Kept | None = None) -> Response:
    """Give the browser its login and go on; another login that it had ends."""
    before = read_login(here.site.keys, here.request.cookies)
    if before is not None:
        log_out(here.house, before, now=here.now)
    browser = here.browser or new_secret()
    if kept is None:
        response: Response = RedirectResponse(next_page, status_code=HTTPStatus.SEE_OTHER)
    else:
        caller = find_by_login(here.house, started.secret, now=here.now)
        response = ask_to_send(replace(here, caller=caller, secret=started.secret, browser=browser), kept)
    keep_login(here.site.keys, response, started.secret, started.ends_at - here.now)
    keep_cookie(here.site.keys, response, BROWSER_COOKIE, browser, BROWSER_LASTS)
    return response
