"""Programs that ask the API of a site, each with a token of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import httpx

from actions.add_token import NewToken, add_token
from config.vocabulary import TokenScope
from tests.web.sites import Site

API = "/api/v1"
ALL = frozenset(TokenScope)


def a_token(site: Site, login: str, scopes: frozenset[TokenScope] = ALL) -> str:
    """A token of a user, good for a year."""
    return add_token(site.house, login, NewToken("test", scopes, timedelta(days=365)), now=site.clock())


@contextmanager
def a_program(site: Site, login: str, *scopes: TokenScope) -> Iterator[httpx.Client]:
    """A program that asks in a user's name, as far as scopes reach, all of them where none is named."""
    headers = {"Authorization": f"Bearer {a_token(site, login, frozenset(scopes) or ALL)}", "Accept-Language": "en"}
    with httpx.Client(base_url=f"{site.address}{API}", headers=headers, trust_env=False, timeout=60) as client:
        yield client
