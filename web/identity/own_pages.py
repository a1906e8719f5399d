"""Where to go on to: pages of ours alone, so that no link leads through us to another site."""

import re

HOME = "/"

_OWN = re.compile(r"/(?![/\\])[^\x00-\x20\x7f]*")
_LONGEST = 2_000


def own_page(address: str) -> str:
    """Return an address if it is a path of ours, else the first page; browsers take a backslash for a slash."""
    return address if len(address) <= _LONGEST and _OWN.fullmatch(address) else HOME
