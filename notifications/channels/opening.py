"""Check and open the address of a channel. What knows Apprise is loaded at the first call, not before."""

import re
from collections.abc import Callable
from importlib import import_module

from config.errors import Refusal
from notifications.channels.message import Reaching, Sender
from notifications.channels.site import Site

LONGEST_ADDRESS = 1_000
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.ASCII | re.IGNORECASE)
SEPARATOR = re.compile(r"[\s,\x00-\x1f\x7f]")
WORKSHOP = "notifications.channels.workshop"


def open_channel(url: str, site: Site) -> Sender:
    """Open an address for sending; nothing is connected to yet.

    Raises Refusal when it cannot be opened, in one line, without the address in it: nothing behind the
    scheme is safe to show.
    """
    scheme = _scheme(url)
    if SEPARATOR.search(url):
        raise Refusal(
            "channel {scheme}://…: one address, please: no spaces, commas or control characters", scheme=scheme
        )
    if len(url) > LONGEST_ADDRESS:
        raise Refusal("channel {scheme}://…: longer than {most} characters", scheme=scheme, most=LONGEST_ADDRESS)
    # By name, so that the command line is seen to reach no Apprise.
    make: Callable[[str, str, Site], Sender] = import_module(WORKSHOP).make_sender
    return make(scheme, url, site)


def check_target(sender: Sender) -> None:
    """Refuse a channel whose host, looked up now, may not be reached; for addresses that users hand in.

    Apart from opening, so that sending costs no look-up beside the one it connects by.
    """
    if isinstance(sender, Reaching):
        try:
            sender.check()
        except Refusal as refusal:
            raise Refusal("channel {scheme}://…: {why}", scheme=sender.service, why=refusal.said) from None


def _scheme(url: str) -> str:
    found = SCHEME.match(url)
    if found is None:
        raise Refusal("channel: not an address; it begins with its service, such as folder://zhang-san")
    return found.group(1).lower()
