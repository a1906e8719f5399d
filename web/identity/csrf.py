"""Forms of other sites are turned away: a form brings back what was signed for its browser's login."""

import hashlib
import hmac

from web.identity.cookies import Keys

FIELD = "csrf"


def token_for(keys: Keys, secret: str) -> str:
    """Return what the forms of one login bear; the same as long as the login lasts."""
    return hmac.new(keys.forms, secret.encode(), hashlib.sha256).hexdigest()


def is_from_us(keys: Keys, secret: str, brought: str) -> bool:
    """Tell whether a form was made for this login."""
    return hmac.compare_digest(token_for(keys, secret).encode(), brought.encode())
