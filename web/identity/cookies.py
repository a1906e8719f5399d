"""The cookie that a browser is known by: signed, so that what was made up is not even looked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from fastapi import Response
from itsdangerous import BadSignature, URLSafeSerializer

from config.seal import Seal

LOGIN_COOKIE = "rollcall"


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
    try:
        return str(_signer(keys).loads(cookies[LOGIN_COOKIE]))
    except (KeyError, BadSignature):
        return None


def keep_login(keys: Keys, response: Response, secret: str, lasts: timedelta) -> None:
    """Give a browser its secret; scripts cannot read it, and other sites' forms do not bring it."""
    response.set_cookie(
        LOGIN_COOKIE,
        str(_signer(keys).dumps(secret)),
        max_age=int(lasts.total_seconds()),  # counted by the browser's clock, which may be wrong
        httponly=True,
        samesite="lax",
        secure=keys.secure,
        path="/",
    )


def forget_login(response: Response) -> None:
    """Take the secret from a browser."""
    response.delete_cookie(LOGIN_COOKIE, path="/")


def _signer(keys: Keys) -> URLSafeSerializer:
    return URLSafeSerializer(keys.cookies, salt="login")
