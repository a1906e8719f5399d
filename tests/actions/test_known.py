"""Who asked a moment ago is remembered, and forgotten as soon as this process changes who may."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from actions.access.caller import Caller
from actions.access.callers import find_by_login
from actions.access.known import KEPT, Known
from actions.access.secrets import digest_of
from actions.add_user import NewUser, add_user
from actions.house import House
from actions.silence import Request, silence
from config.vocabulary import UserRole
from models.changes import Changes
from models.database import connect, transaction
from models.user import Login, User
from tests.factories import LAUNCH_DAY, a_house_at_work, at
from tests.statements import watched

NOW = at("2009-09-15 10:00")
SECRET = "the secret of a browser"


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """A house at work, with somebody logged in."""
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    add_user(
        house, NewUser("viewer", "某", UserRole.VIEWER, "correct horse battery", "U1"), actor="test", now=LAUNCH_DAY
    )
    with transaction(engine) as session:
        user = session.exec(select(User)).one()
        session.add(
            Login(
                user_id=user.id,
                digest=digest_of(SECRET),
                agent="test",
                started_at=NOW,
                seen_at=NOW,
                ends_at=NOW + timedelta(days=1),
            )
        )
    return house


def known_of(house: House) -> Known[Caller | None]:
    return Known(
        house.engine, lambda secret, now: find_by_login(house, secret, now=now), lambda caller: caller is not None
    )


def test_who_is_known_is_found_without_a_statement(house: House) -> None:
    known = known_of(house)
    first = known.find(SECRET, NOW)
    with watched(house.engine) as statements:
        assert known.find(SECRET, NOW + KEPT / 2) == first
    assert first is not None
    assert statements == []


def test_what_opens_nothing_is_looked_up_every_time(house: House) -> None:
    known = known_of(house)
    for _ in range(2):
        with watched(house.engine) as statements:
            assert known.find("another secret", NOW) is None
        assert statements


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE \"user\" SET status = 'disabled'",
        "UPDATE login SET ended_at = ends_at",
        "DELETE FROM login",
    ],
)
def test_whom_this_process_shuts_out_is_shut_out_at_once(house: House, change: str) -> None:
    known = known_of(house)
    known.find(SECRET, NOW)
    with transaction(house.engine) as session:
        session.execute(text(change))
    assert known.find(SECRET, NOW) is None


def test_whom_another_process_shuts_out_is_shut_out_within_seconds(house: House, database: str) -> None:
    known = known_of(house)
    known.find(SECRET, NOW)
    elsewhere = connect(database)
    with elsewhere.begin() as connection:
        connection.execute(text("DELETE FROM login"))
    elsewhere.dispose()
    assert known.find(SECRET, NOW + KEPT - timedelta(microseconds=1)) is not None
    assert known.find(SECRET, NOW + KEPT) is None


def test_what_was_read_before_a_change_and_comes_after_it_is_not_believed(house: House) -> None:
    """A login is looked up, and ended before the answer is there."""

    def find(secret: str, now: datetime) -> Caller | None:
        caller = find_by_login(house, secret, now=now)
        with transaction(house.engine) as session:
            session.execute(text("UPDATE login SET ended_at = ends_at"))
        return caller

    known = Known(house.engine, find, lambda caller: caller is not None)
    assert known.find(SECRET, NOW) is not None
    assert known.find(SECRET, NOW) is None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_other_changes_and_those_that_were_taken_back_do_not_count(house: House) -> None:
    changes = Changes(house.engine, (User, Login))
    silence(house, Request(NOW + timedelta(days=1), "flood", branch="U1-1"), actor="test", now=NOW)
    assert changes.count == 0
    with transaction(house.engine) as session:
        session.execute(text("UPDATE login SET seen_at = seen_at"))
        assert changes.count == 0
    assert changes.count == 1
