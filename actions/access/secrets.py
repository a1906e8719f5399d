"""Secrets that are shown again: made at random, and kept as digests."""

import hashlib
import secrets

SECRET_BYTES = 32


def new_secret() -> str:
    """Return a secret that nobody guesses (256 bits), in characters that an address and a header can bear."""
    return secrets.token_urlsafe(SECRET_BYTES)


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a secret; it has enough chance in it to need no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
