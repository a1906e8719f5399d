"""Passwords: hashed with Argon2id, RFC 9106."""

import secrets
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from config.errors import Refusal
from config.one_line import is_one_line

SHORTEST = 10
LONGEST = 200

_HASHER = PasswordHasher()
_AT_ONCE = BoundedSemaphore(4)
"""Each hash takes 64 MiB and a core: a crowd at the door must not take what there is."""

_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that is taken for another when a password is read aloud."""

_GROUPS, _GROUP = 4, 4


def check_password(password: str) -> str:
    """Return a password that may be one; Refusal for one that is too short or too long, or cannot be kept."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refusal("password: must have from {least} to {most} characters", least=SHORTEST, most=LONGEST)
    if not is_one_line(password):
        raise Refusal("password: has a character in it that cannot be kept")
    return password


def hash_password(password: str) -> str:
    """Return the hash to keep, with its salt and parameters in it; Refusal for a password that may be none."""
    check_password(password)
    with _AT_ONCE:
        return _HASHER.hash(password)


def make_password() -> str:
    """Return a password that nobody guesses (79 bits) and anybody can read aloud."""
    groups = ("".join(secrets.choice(_CHARACTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def is_right(password: str, kept: str | None) -> bool:
    """Tell whether a password is the one that was hashed; takes as long where none is kept."""
    if len(password) > LONGEST or not is_one_line(password):
        return False
    try:
        with _AT_ONCE:
            _HASHER.verify(kept or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


@cache
def _nobodys() -> str:
    """Hash it once, and not before somebody logs in: it takes as long as it is made to."""
    return _HASHER.hash("the hash that is asked where there is none")
