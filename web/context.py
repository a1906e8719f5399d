"""What every page begins with: the house, the clock, who asks, and in which language to answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Request

from actions.access.caller import Caller
from actions.access.callers import find_by_login
from actions.house import House
from config.vocabulary import Language
from web.identity.cookies import BROWSER_COOKIE, Keys, read_cookie, read_login
from web.identity.csrf import token_for
from web.navigation import doors_of
from web.translation import choose_language, language_of

LANGUAGE_COOKIE = "language"

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages are made with, once for the life of the process."""

    house: House
    clock: Clock
    keys: Keys


@dataclass(frozen=True, slots=True)
class Here:
    """One request: `now` was read once, when it came in; `caller` is None for whoever is not logged in.

    `secret` is what the browser showed for its login, `browser` what it is known by whoever logs in; its forms
    are signed with both.
    """

    site: Site
    request: Request
    now: datetime
    language: Language
    caller: Caller | None = None
    secret: str | None = None
    browser: str | None = None

    @property
    def house(self) -> House:
        """The house that is asked."""
        return self.site.house

    @property
    def zone(self) -> ZoneInfo:
        """The zone that instants are shown in, where none belongs to what is shown."""
        return ZoneInfo(self.house.settings.timezone)

    @property
    def page(self) -> str:
        """The address to come back to; the first page where this one answers a form."""
        url = self.request.url
        return (f"{url.path}?{url.query}" if url.query else url.path) if self.request.method == "GET" else "/"

    @property
    def doors(self) -> tuple[tuple[str, str], ...]:
        """Where the head of the page leads, with words to be translated."""
        return doors_of(self.caller) if self.caller else ()

    @property
    def csrf(self) -> str:
        """What a form of this page has to bring back."""
        return token_for(self.site.keys, self.secret or "", self.browser or "")


def site_of(request: Request) -> Site:
    """Return what the application was made with."""
    site: Site = request.app.state.site
    return site


def here(request: Request) -> Here:
    """Begin a request: find who asks by the cookie, and the language by account, cookie, browser and settings."""
    site = site_of(request)
    now = site.clock()
    secret = read_login(site.keys, request.cookies)
    caller = find_by_login(site.house, secret, now=now) if secret else None
    return Here(
        site=site,
        request=request,
        now=now,
        language=_language(request, caller, site.house.settings.language),
        caller=caller,
        secret=secret if caller else None,
        browser=read_cookie(site.keys, request.cookies, BROWSER_COOKIE),
    )


def _language(request: Request, caller: Caller | None, otherwise: Language) -> Language:
    if caller is not None and caller.language is not None:
        return caller.language
    chosen = language_of(request.cookies.get(LANGUAGE_COOKIE))
    return chosen or choose_language(request.headers.get("accept-language"), otherwise)


AnyOne = Annotated[Here, Depends(here)]
"""A page that needs no login."""
