"""What every page begins with: the house, the clock, who asks, and in which language to answer."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from actions.access.caller import Caller
from actions.access.links import LinkReader
from actions.house import House
from config.errors import Refusal
from config.vocabulary import Language, Permission
from notifications.links import PATH
from web.identity.cookies import BROWSER_COOKIE, read_cookie, read_login
from web.identity.csrf import token_for
from web.identity.links import token_in
from web.language import choose_language, language_of
from web.navigation import doors_of
from web.site import Site, site_of
from web.told import TOLD

LANGUAGE_COOKIE = "language"


@dataclass(frozen=True, slots=True)
class Here:
    """One request: `now` was read once, when it came in; `caller` is None for whoever was not let in.

    `secret` is what the browser showed for its login, `browser` what it is known by whoever logs in; its forms
    are signed with both. Under a link, `token` is the link's: it is the proof, and a login is not looked at.
    `refusal` says why a link lets nobody in.
    """

    site: Site
    request: Request
    now: datetime
    language: Language
    caller: Caller | None = None
    secret: str | None = None
    browser: str | None = None
    token: str | None = None
    refusal: Refusal | None = None

    @property
    def told(self) -> str:
        """What the page says of what was just done, in words to be translated."""
        return TOLD.get(self.request.query_params.get("told", ""), "")

    @property
    def root(self) -> str:
        """Where all addresses of this visit begin: nowhere for users, in the link for whoever opened one."""
        return f"{PATH}{self.token}" if self.token else ""

    @property
    def home(self) -> str:
        """Where a visit begins."""
        return self.root or "/"

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
    def reached_at(self) -> str:
        """Where the pages are reached, as the operator says, or as this request found them; without a slash."""
        return self.house.settings.web_url or str(self.request.base_url).rstrip("/")

    def officer_address(self, officer: str) -> str:
        """Return where an officer is found: the page about them for whoever keeps people, their day for others."""
        if self.caller is not None and self.caller.may(Permission.KEEP_PEOPLE):
            return f"/people/{quote(officer, safe='')}"
        return f"/day?officer={quote(officer, safe='')}"

    @property
    def csrf(self) -> str:
        """What a form of this page has to bring back."""
        return token_for(self.site.keys, self.secret or "", self.browser or "")


def begin(request: Request) -> Here:
    """Begin a request: find who asks by the link or the cookie.

    The language is the account's, else that of the cookie, the browser or the settings; under a link that of the
    cookie, which somebody chose there, else the officer's.
    """
    site = site_of(request)
    now = site.clock()
    if token := token_in(request.scope["path"]):
        return _by_link(request, site, token, now)
    secret = read_login(site.keys, request.cookies)
    caller = site.callers.find(secret, now) if secret else None
    request.state.actor = caller.actor if caller else None  # for the log
    return Here(
        site=site,
        request=request,
        now=now,
        language=_language(request, caller, site.house.settings.language),
        caller=caller,
        secret=secret if caller else None,
        browser=read_cookie(site.keys, request.cookies, BROWSER_COOKIE),
    )


def begin_unknown(request: Request) -> Here:
    """Begin a request without asking who it is, where the database cannot be asked."""
    site = site_of(request)
    language = _language(request, None, site.house.settings.language)
    token = token_in(request.scope["path"])
    return Here(site=site, request=request, now=site.clock(), language=language, token=token)


async def here(request: Request) -> Here:
    """Begin a request, in a thread of its own only where the database has to be asked."""
    return begin(request) if _is_known(request) else await run_in_threadpool(begin, request)


def _is_known(request: Request) -> bool:
    site = site_of(request)
    now = site.clock()
    if token := token_in(request.scope["path"]):
        return site.readers.recall(token, now) is not None
    secret = read_login(site.keys, request.cookies)
    return secret is None or site.callers.recall(secret, now) is not None


def _by_link(request: Request, site: Site, token: str, now: datetime) -> Here:
    otherwise = _language(request, None, site.house.settings.language)
    asked = Here(site=site, request=request, now=now, language=otherwise, token=token)
    reader = site.readers.find(token, now)
    request.state.actor = reader.caller.actor if isinstance(reader, LinkReader) and reader.caller else None
    if isinstance(reader, LinkReader):
        language = language_of(request.cookies.get(LANGUAGE_COOKIE)) or reader.language
        return replace(asked, language=language, caller=reader.caller, refusal=reader.refusal)
    return replace(asked, refusal=reader)


def _language(request: Request, caller: Caller | None, otherwise: Language) -> Language:
    if caller is not None and caller.language is not None:
        return caller.language
    chosen = language_of(request.cookies.get(LANGUAGE_COOKIE))
    return chosen or choose_language(request.headers.get("accept-language"), otherwise)


AnyOne = Annotated[Here, Depends(here)]
"""A page that needs no login."""
