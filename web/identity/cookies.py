"""The cookies that a browser is known by: signed, so that what was made up is not even looked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from fastapi import Response
from itsdangerous import BadSignature, URLSafeSerializer

from config.seal import Seal

LOGIN_COOKIE = "rollcall"
BROWSER_COOKIE = "browser"
"""Outlives logins: a form that was filled in under one of them is known again under the next."""

BROWSER_LASTS = timedelta(days=400)
"""Browsers keep no cookie for longer."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What cookies and forms are signed with; cookies go over TLS alone where the pages are reached by it."""

    cookies: bytes = field(repr=False)
    forms: bytes = field(repr=False)
    secure: bool


def make_keys(seal: Seal, web_url: str | None) -> Keys:
    """Derive the keys from the home's."""
    return Keys(seal.derive("logins"), seal.derive("forms"), secure=(web_url or "").startswith("https:"))


def read_login(keys: Keys, cookies: Mapping[str, str]) -> str | None:
    """Return the secret that a browser keeps; None when there is none, or its signature is not ours."""
    return read_cookie(keys, cookies, LOGIN_COOKIE)


def keep_login(keys: Keys, response: Response, secret: str, lasts: timedelta) -> None:
    """Give a browser its secret; scripts cannot read it, and other sites' forms do not bring it."""
    keep_cookie(keys, response, LOGIN_COOKIE, secret, lasts)


def forget_login(response: Response) -> None:
    """Take the secret from a browser."""
    response.delete_cookie(LOGIN_COOKIE, path="/")


def read_cookie(keys: Keys, cookies: Mapping[str, str], name: str) -> str | None:
    """Return what we gave a browser to keep under a name; None where there is nothing of ours."""
    try:
        return str(_signer(keys, name).loads(cookies[name]))
    except (KeyError, BadSignature):
        return None


def keep_cookie(keys: Keys, response: Response, name: str, value: str, lasts: timedelta) -> None:
    """Give a browser a signed value to keep, for the time that its own clock counts, which may be wrong."""
    response.set_cookie(
        name,
        sign_cookie(keys, name, value),
        max_age=int(lasts.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=keys.secure,
        path="/",
    )


def sign_cookie(keys: Keys, name: str, value: str) -> str:
    """Return a value as a cookie of that name bears it."""
    return str(_signer(keys, name).dumps(value))


def _signer(keys: Keys, name: str) -> URLSafeSerializer:
    return URLSafeSerializer(keys.cookies, salt=name)
