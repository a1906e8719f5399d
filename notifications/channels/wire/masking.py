"""Keep the secrets of an address out of what is stored: providers repeat in their answers what they were sent."""

import re
from base64 import b64encode
from collections.abc import Iterable
from urllib.parse import quote, unquote

from notifications.channels.message import Verdict

MASK = "…"
SHORTEST = 4
"""Parts of fewer characters cannot be told from words."""

LIKE_A_WORD = 8
"""Letters alone, and fewer of them, may be a part of a word that nobody took from the address: `send` of `sending`."""

BEGINS = r"(?:(?<![a-z])|(?<=%[0-9a-f]{2})|(?<=\\[a-z])|(?<=\\x[0-9a-f]{2})|(?<=\\u[0-9a-f]{4}))"
"""Where a word may begin: not after a letter, but for the last one of an escape, as of `%2F` or `\\n`."""

ENDS = "(?![a-z])"

LONG_ENOUGH = 12
"""Of a part of so many characters the last may be shown, as of a bank card."""

PLAIN_HOSTS = frozenset({"folder", "log", "json", "jsons", "mailto", "mailtos"})
"""The services whose host is where something stands; of all others it may be a key."""

SEPARATORS = re.compile(r"[/,;\s]+")


def conceal(words: str, secrets: Iterable[str]) -> str:
    """Take secrets out of words: as they are, as addresses spell them, and in base64, as logins do.

    The longer go first, and capitals do not matter: a host comes back in small letters. What might be a part of
    another word is taken out where it stands as a word of its own.
    """
    there = words.lower()
    # No spelling is shorter than the secret: most of what providers say is too short to hold any.
    forms = {form for secret in secrets if len(secret) <= len(words) for form in _spellings(secret)}
    said = sorted((form for form in forms if form and form.lower() in there), key=len, reverse=True)
    return re.sub("|".join(map(_pattern, said)), MASK, words, flags=re.IGNORECASE) if said else words


def masked(verdict: Verdict, secrets: Iterable[str]) -> Verdict:
    """Take secrets out of a provider's words and out of its id of the message."""
    kept = tuple(secrets)
    return verdict.reworded(lambda words: conceal(words, kept))


def secrets_of(address: str) -> tuple[str, ...]:
    """List the parts of an address that nobody may read, as they are written and as they are meant."""
    return tuple(sorted({part for part in _parts(address) if len(part) >= SHORTEST}))


def ending_of(address: str) -> str:
    """Return the last characters of an address, to tell two of one service apart; nothing where they may be a secret.

    What follows a question mark may be one, and so may what is short.
    """
    _, _, rest = address.partition("://")
    last = rest.rstrip("/").rpartition("/")[2].rpartition("@")[2]
    return last[-SHORTEST:] if "?" not in rest and len(last) >= LONG_ENOUGH else ""


def _spellings(secret: str) -> Iterable[str]:
    return secret, quote(secret, safe=""), b64encode(secret.encode()).decode()


def _pattern(form: str) -> str:
    is_like_a_word = len(form) < LIKE_A_WORD and form.isascii() and form.isalpha()
    return f"{BEGINS}{form}{ENDS}" if is_like_a_word else re.escape(form)


def _parts(address: str) -> Iterable[str]:
    scheme, _, rest = address.partition("://")
    # Taken apart by hand where a standard parser would refuse or lose something: a key may hold anything.
    place, _, query = rest.partition("?")
    authority, _, path = place.partition("/")
    login, _, host = authority.rpartition("@")
    user, _, password = login.partition(":")
    values = (pair.partition("=")[2] for pair in query.split("&"))
    said = [user, password, path, *values]
    if scheme.lower() not in PLAIN_HOSTS:
        said += [host, host.rpartition(":")[0]]
    for part in said:
        for written in _meant(part):
            yield written
            yield from SEPARATORS.split(written)


def _meant(part: str) -> Iterable[str]:
    """Read what is written plainly as it stands: most of an address is."""
    return {part, unquote(part), unquote(part.replace("+", " "))} if "%" in part or "+" in part else {part}
