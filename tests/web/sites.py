"""Make sites to be asked: the application over a house of a test's own, at an instant that the test sets."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Thread
from time import sleep
from uuid import uuid4

import httpx
import uvicorn
from fastapi import FastAPI
from sqlalchemy import Engine, update

from actions.access.logins import start_login
from actions.access.passwords import hash_password
from actions.add_user import NewUser, add_user
from actions.complete import complete
from actions.house import House
from config.vocabulary import Language, UserRole
from models.database import transaction
from models.dialects import table_of
from models.queries import find_user
from models.user import User
from tests.factories import CAMPAIGN, LAUNCH_DAY, a_house_at_work, answer, at
from web.app import create_app
from web.identity.cookies import BROWSER_COOKIE, LOGIN_COOKIE, make_keys, sign_cookie

PASSWORD = "correct horse battery"
NOW = at("2009-09-15 10:00")
"""In the trial: mobilization has opened for both waves, and the pilot's survey is overdue."""


@dataclass
class Clock:
    """A clock that stands until a test sets it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Site:
    """A served application with its house and its clock."""

    house: House
    clock: Clock
    address: str

    @contextmanager
    def browser(self, login: str | None = None) -> Iterator[httpx.Client]:
        """A browser, without scripts; logged in as somebody who was added."""
        with httpx.Client(
            base_url=self.address, headers={"Accept-Language": "en"}, trust_env=False, timeout=60
        ) as client:
            if login is not None:
                self._log_in(client, login)
            yield client

    def _log_in(self, client: httpx.Client, login: str) -> None:
        """Give a browser its cookies without the time that a password takes; tests of logging in type theirs."""
        keys = make_keys(self.house.seal, self.house.settings.web_url)
        with transaction(self.house.engine) as session:
            started = start_login(session, find_user(session, login), client.headers["User-Agent"], now=self.clock())
        for name, value in ((LOGIN_COOKIE, started.secret), (BROWSER_COOKIE, uuid4().hex)):
            client.cookies.set(name, sign_cookie(keys, name, value), domain="127.0.0.1")


@contextmanager
def a_site(house: House, now: datetime = NOW) -> Iterator[Site]:
    """Serve the pages of a house, at an instant until the test sets another."""
    clock = Clock(now)
    with served(create_app(house, clock)) as address:
        yield Site(house, clock, address)


@contextmanager
def a_gated_site(engine: Engine, home: Path) -> Iterator[Site]:
    """The trial with a gate that asks for an approval, one branch of the pilot done with its survey."""
    text = CAMPAIGN.replace("gate: {done: 95%}", "gate: {done: 50%, approval: true}")
    house = with_users(a_house_at_work(engine, home, text=text))
    complete(house, "trial", [answer("U1-1", "survey")])
    with a_site(house) as site:
        yield site


def form_of(page: str) -> str:
    """What the forms of a page bear against forms from elsewhere."""
    return page.split('name="csrf" value="')[1].split('"', maxsplit=1)[0]


def with_users(house: House) -> House:
    """Add a user of each role and scope, by login: coordinator, county (of unit U1), group, officer and viewer."""
    for login, role, unit, officer in (
        ("coordinator", UserRole.COORDINATOR, None, None),
        ("county", UserRole.COORDINATOR, "U1", None),
        ("group", UserRole.GROUP, "U1", None),
        ("officer", UserRole.OFFICER, None, "OU1-1"),
        ("viewer", UserRole.VIEWER, "U1", None),
    ):
        new = NewUser(login, f"{login} 某", role, None, unit, officer, subject=login, language=Language.EN)
        add_user(house, new, actor="test", now=LAUNCH_DAY)
    with transaction(house.engine) as session:
        session.execute(update(table_of(User)).values(password_hash=_hashed(PASSWORD), subject=None))
    return house


@cache
def _hashed(password: str) -> str:
    """Hash once in a run what every user of every test logs in with: it is made to take long."""
    return hash_password(password)


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an application at a port of its own, for browsers that are processes; yield its address."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, proxy_headers=False, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        sleep(0.01)
    (listening,) = server.servers
    try:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
