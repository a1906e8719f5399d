"""The link in an address: who opened it, without anybody being logged in by it."""

from datetime import datetime

from actions.access.links import LinkReader, find_by_link
from actions.house import House
from config.errors import Unknown
from notifications.links import PATH


def token_in(path: str) -> str | None:
    """Return the token of an address under a link, None elsewhere."""
    if not path.startswith(PATH):
        return None
    return path.removeprefix(PATH).partition("/")[0]


def read_token(house: House, token: str, now: datetime) -> LinkReader | Unknown:
    """Find who opened a link; the refusal where we never signed it."""
    try:
        return find_by_link(house, token, now=now)
    except Unknown as unknown:
        return unknown


def is_let_in(reader: LinkReader | Unknown) -> bool:
    """Tell whether a link opens anything."""
    return isinstance(reader, LinkReader) and reader.caller is not None
