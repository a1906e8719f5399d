"""Forms of other sites are turned away: a form brings back what was signed for its browser and its login."""

import hashlib
import hmac

from web.identity.cookies import Keys

FIELD = "csrf"


def token_for(keys: Keys, secret: str, browser: str = "") -> str:
    """Return what the forms of one login in one browser bear; the same as long as the login lasts."""
    return f"{_sign(keys, 'login', secret)}.{_sign(keys, 'browser', browser)}"


def is_from_us(keys: Keys, secret: str, brought: str) -> bool:
    """Tell whether a form was made for this login."""
    of_login, _, _ = brought.partition(".")
    return _is_same(_sign(keys, "login", secret), of_login)


def is_from_browser(keys: Keys, browser: str | None, brought: str) -> bool:
    """Tell whether a form was made for this browser, under whatever login."""
    _, _, of_browser = brought.partition(".")
    return browser is not None and _is_same(_sign(keys, "browser", browser), of_browser)


def _sign(keys: Keys, purpose: str, value: str) -> str:
    return hmac.new(keys.forms, f"{purpose}:{value}".encode(), hashlib.sha256).hexdigest()


def _is_same(ours: str, brought: str) -> bool:
    return hmac.compare_digest(ours.encode(), brought.encode("utf-8", "replace"))
