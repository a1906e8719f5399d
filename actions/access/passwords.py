"""Passwords: hashed with Argon2id, RFC 9106."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from config.errors import Refusal

SHORTEST = 10
LONGEST = 200

_HASHER = PasswordHasher()


def hash_password(password: str) -> str:
    """Return the hash to keep, with its salt and parameters in it; Refusal for one that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refusal("password: must have from {least} to {most} characters", least=SHORTEST, most=LONGEST)
    return _HASHER.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Tell whether a password is the one that was hashed; takes as long where none is kept."""
    try:
        _HASHER.verify(kept or _NOBODYS, password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


_NOBODYS = _HASHER.hash("the hash that is asked where there is none")
