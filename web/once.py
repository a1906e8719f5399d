"""A form that adds something bears a mark of its own, so that a second click on it adds nothing."""

import json
from collections.abc import Callable
from hashlib import sha256
from secrets import token_urlsafe

from actions.take_once import take_once
from web.context import Here
from web.forms import SentForm
from web.identity.csrf import FIELD

MARK = "once"
"""The field that bears it."""


def make_mark() -> str:
    """Make a mark that no other form bears."""
    return token_urlsafe(12)


def once(here: Here, sent: SentForm, act: Callable[[], str]) -> str:
    """Do what a form asks for and return where it leads; sent again as it was, it leads there and does nothing.

    With another text in it the same form is another one: whoever goes back may change it and send it anew. A form
    without a mark is taken each time.
    """
    if not sent.text(MARK):
        return act()
    fields = sorted((name, text) for name, text in sent.fields.items() if name != FIELD)
    said = json.dumps([here.request.url.path, fields])
    return take_once(here.house, sha256(said.encode("utf-8", "surrogatepass")).hexdigest(), act, now=here.now)
