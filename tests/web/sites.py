"""Make sites to be asked: the application over a house of a test's own, at an instant that the test sets."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from threading import Thread
from time import sleep

import httpx
import uvicorn
from fastapi import FastAPI, Response
from sqlalchemy import update
from sqlmodel import select

from actions.access.passwords import hash_password
from actions.add_user import NewUser, add_user
from actions.house import House
from actions.log_in import start_login
from config.vocabulary import Language, UserRole
from models.database import snapshot, transaction
from models.dialects import table_of
from models.user import User
from tests.factories import LAUNCH_DAY, at
from web.app import create_app
from web.identity.cookies import keep_login, make_keys

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
        with httpx.Client(base_url=self.address, headers={"Accept-Language": "en"}, trust_env=False) as client:
            if login is not None:
                self._let_in(client, login)
            yield client

    def _let_in(self, client: httpx.Client, login: str) -> None:
        """Log in past the page: a password takes long to be looked at, and most tests are about something else."""
        with snapshot(self.house.engine) as session:
            user = session.exec(select(User).where(User.login == login)).one()
        started = start_login(self.house, user, now=self.clock.now)
        kept = Response()
        keep_login(make_keys(self.house.seal, None), kept, started.secret, started.ends_at - self.clock.now)
        client.cookies.set(*kept.headers["set-cookie"].split(";")[0].split("=", 1))


@contextmanager
def a_site(house: House, now: datetime = NOW) -> Iterator[Site]:
    """Serve the pages of a house, at an instant until the test sets another."""
    clock = Clock(now)
    with served(create_app(house, clock)) as address:
        yield Site(house, clock, address)


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
        session.execute(update(table_of(User)).values(password_hash=_hashed(), subject=None))
    return house


@cache
def _hashed() -> str:
    """The hash of everybody's password, made once: it takes long by design."""
    return hash_password(PASSWORD)


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an application at a port of its own, for browsers that are processes; yield its address."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="off"))
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
