"""Make sites to be asked: the application over a house of a test's own, at an instant that the test sets."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from threading import Thread
from time import sleep

import httpx
import uvicorn
from fastapi import FastAPI

from actions.add_user import NewUser, add_user
from actions.house import House
from config.vocabulary import Language, UserRole
from tests.factories import LAUNCH_DAY, at
from web.app import create_app

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
                answer = client.post("/login", data={"login": login, "password": PASSWORD})
                assert answer.status_code == HTTPStatus.SEE_OTHER, answer.text
            yield client


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
        new = NewUser(login, f"{login} 某", role, PASSWORD, unit, officer, language=Language.EN)
        add_user(house, new, actor="test", now=LAUNCH_DAY)
    return house


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
