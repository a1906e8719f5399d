"""A database that gives no turn, or is away: 503 with a time to come again, and what was typed is not lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from models.database import connect, is_unavailable
from tests.web.answering import SURVEY, a_link, seen_on
from tests.web.api.programs import a_program
from tests.web.forms import SCRIPT, SHOWN
from tests.web.sites import Site, form_of

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def impatient(site: Site) -> Site:
    """A site that waits for another writer a moment only; the real one waits 30 seconds."""
    hurry(site.house.engine)
    return site


def hurry(engine: Engine) -> None:
    @event.listens_for(engine, "checkout")
    def wait_less(connection: Any, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout=50")


@contextmanager
def another_writer(site: Site) -> Iterator[None]:
    """Somebody who writes for the length of the block."""
    other = connect(str(site.house.engine.url))
    with other.begin() as connection:
        connection.execute(text("UPDATE campaign SET revision = revision"))
        yield
    other.dispose()


@ONE
def test_a_page_says_that_the_database_is_busy_and_shows_what_was_typed(impatient: Site) -> None:
    with impatient.browser("coordinator") as browser:
        made = browser.get(SURVEY).text
        fields = {"csrf": form_of(made), "seen": seen_on(made), "figure-members": "12", "note": SCRIPT}
        with another_writer(impatient):
            answer = browser.post(f"{SURVEY}/complete", data=fields)
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
            assert "The database is busy just now" in answer.text
            assert SHOWN in answer.text
            assert browser.get(SURVEY).status_code == 200, "reading goes on"
        assert browser.post(f"{SURVEY}/complete", data=fields).status_code == 303


@ONE
def test_a_login_waits_too(impatient: Site) -> None:
    with impatient.browser() as browser, another_writer(impatient):
        answer = browser.post("/login", data={"login": "viewer", "password": "x" * 12})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "x" * 12 not in answer.text


@ONE
def test_a_program_is_told_in_problem_json(impatient: Site) -> None:
    with a_program(impatient, "coordinator") as program, another_writer(impatient):
        answer = program.post("/assignments/1/complete", json={"figures": {"members": 12}})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["title"] == "Busy just now"


@ONE
def test_where_even_the_reader_is_not_known_the_page_still_says_so(site: Site) -> None:
    def is_away(*_: object) -> None:
        raise OperationalError("BEGIN", {}, sqlite3.OperationalError("away"))

    link = a_link(site)
    with site.browser() as browser:
        event.listen(site.house.engine, "begin", is_away)
        answer = browser.get(link, headers={"Accept-Language": "zh-CN"})
        event.remove(site.house.engine, "begin", is_away)
    assert (answer.status_code, "数据库正忙" in answer.text) == (503, True)


@pytest.mark.parametrize(
    ("error", "is_so"),
    [
        (OperationalError("x", {}, sqlite3.OperationalError("no code: it was never reached")), True),
        (PoolExhausted(), True),
        (ValueError("other"), False),
    ],
)
def test_what_is_worth_another_try(error: Exception, is_so: bool) -> None:
    assert is_unavailable(error) is is_so


def test_a_table_that_is_not_there_is_not(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'empty.db'}")
    with engine.connect() as connection, pytest.raises(OperationalError) as raised:
        connection.execute(text("SELECT * FROM no_such_table"))
    assert not is_unavailable(raised.value)
