"""Keep the secrets of an address out of what is stored: providers repeat in their answers what they were sent."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import unquote

from notifications.channels.message import Verdict

MASK = "***"
SHORTEST = 4
"""Parts of fewer characters cannot be told from words."""

PLAIN_HOSTS = frozenset({"folder", "log", "json", "jsons", "mailto", "mailtos"})
"""The services whose host is where something stands; of all others it may be a key."""

SEPARATORS = re.compile(r"[/,;\s]+")


@dataclass(frozen=True, slots=True)
class Mask:
    """What takes the secrets of one address out of a text; the longer come first."""

    secrets: tuple[str, ...]

    def hide(self, text: str) -> str:
        """Return the text with every secret part of the address in it as three asterisks.

        However it is written: a host comes back in lower case.
        """
        there = text.lower()
        said = [re.escape(secret) for secret in self.secrets if secret.lower() in there]
        return re.sub("|".join(said), MASK, text, flags=re.IGNORECASE) if said else text

    def hide_in(self, verdict: Verdict) -> Verdict:
        """Return the verdict with a provider's words that can be stored."""
        receipt = None if verdict.receipt is None else self.hide(verdict.receipt)
        return replace(verdict, detail=self.hide(verdict.detail), receipt=receipt)


def mask_of(address: str) -> Mask:
    """Make the mask of an address: its parts as they are written and as they are meant."""
    parts = {part for part in _parts(address) if len(part) >= SHORTEST}
    return Mask(tuple(sorted(parts, key=lambda part: (-len(part), part))))


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
        for written in (part, unquote(part), unquote(part.replace("+", " "))):
            yield written
            yield from SEPARATORS.split(written)
