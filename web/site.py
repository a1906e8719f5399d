"""What the pages stand on, made once for the life of the process."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request

from actions.access.caller import Caller
from actions.access.callers import find_by_login
from actions.access.known import Known
from actions.access.links import LinkReader
from actions.house import House
from config.errors import Unknown
from web.clerk import Clerk
from web.identity.cookies import Keys, make_keys
from web.identity.links import is_let_in, read_token
from web.metrics import Metrics

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Site:
    """The house and the clock, the keys of cookies and forms, and what requests share."""

    house: House
    clock: Clock
    keys: Keys
    clerk: Clerk
    metrics: Metrics
    callers: Known[Caller | None]
    readers: Known[LinkReader | Unknown]


def make_site(house: House, clock: Clock) -> Site:
    """Make what the pages stand on."""
    return Site(
        house,
        clock,
        make_keys(house.seal, house.settings.web_url),
        Clerk(house),
        Metrics(house),
        Known(
            house.engine, lambda secret, now: find_by_login(house, secret, now=now), lambda caller: caller is not None
        ),
        Known(house.engine, lambda token, now: read_token(house, token, now), is_let_in),
    )


def site_of(request: Request) -> Site:
    """Return what the application was made with."""
    site: Site = request.app.state.site
    return site
