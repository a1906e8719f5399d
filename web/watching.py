"""Watch every request: a line for the log, and counts for the metrics."""

import logging
import re
import time
from datetime import UTC
from http import HTTPStatus
from urllib.parse import quote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.site import Site

LOG = logging.getLogger("web.access")

MASK = "***"
_SECRET = re.compile(r"^/(l|feeds)/[^/]+")
"""Addresses whose second part is a key: links in messages, calendar feeds."""

_UNROUTED = "none"
_LOGIN = "/login"
_REFUSED_LOGINS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS)


class Watched:
    """Note of each request when it came, what it asked for, how it was answered, and for whom.

    Keys in addresses are masked and queries left out, so that the log opens no door.
    """

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does; an answer that broke off counts as 500."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        at, began = self._site.clock(), time.perf_counter()
        status, size = HTTPStatus.INTERNAL_SERVER_ERROR.value, 0

        async def send_watched(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, send_watched)
        finally:
            took = time.perf_counter() - began
            self._count(scope, status, took)
            LOG.info(
                "%s %s %s %d %.1fms %dB %s",
                at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
                _plain(scope["method"]),
                masked(scope["path"]),
                status,
                took * 1_000,
                size,
                _actor_of(scope) or "-",
            )

    def _count(self, scope: Scope, status: int, took: float) -> None:
        route = _template_of(scope)
        self._site.metrics.count(route, _plain(scope["method"]), status, took)
        if route == _LOGIN and status in _REFUSED_LOGINS:
            self._site.metrics.count_failed_login()


def masked(path: str) -> str:
    """Return a path as it may be read by whoever reads logs: without keys, in characters of one line."""
    return quote(_SECRET.sub(rf"/\1/{MASK}", path), safe="/:@!$&'()*+,;=~")


def _template_of(scope: Scope) -> str:
    """Return the route that was taken, as it is written down, or that there was none."""
    path = getattr(scope.get("route"), "path", None)
    return _UNROUTED if path is None else f"{scope.get('root_path', '')}{path}"


def _actor_of(scope: Scope) -> str | None:
    actor: str | None = scope.get("state", {}).get("actor")
    return quote(actor, safe="@+.") if actor else None


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _plain(method: str) -> str:
    """Return a method that is known; what else clients make up would be a label each."""
    return method if method in _METHODS else "OTHER"
