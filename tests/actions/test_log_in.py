"""Logging in: wrong passwords make whoever tries wait, and logins end by themselves."""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine

from actions.access.callers import NOTED_EVERY, find_by_login
from actions.access.logins import IDLE, KEPT, LASTS, LoggedIn
from actions.access.tries import begin_try
from actions.house import House
from actions.log_in import log_in
from actions.log_out import log_out
from config.errors import Refusal, TooOften
from config.seal import Seal
from models.user import FailedLogin, Login
from rules.throttling import FOR_ADDRESS, FOR_LOGIN
from tests.factories import KEY, LAUNCH_DAY, a_registered_house
from tests.records import every
from tests.web.sites import PASSWORD, with_users

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return with_users(a_registered_house(engine, tmp_path / "home"))


def let_in(
    house: House, password: str = PASSWORD, login: str = "viewer", when: datetime = LAUNCH_DAY, came_from: str = "::1"
) -> LoggedIn:
    return log_in(house, login, password, came_from=came_from, agent="a browser", now=when)


def failed(house: House, times: int, login: str = "viewer", came_from: str = "::1") -> None:
    """Let tries have gone wrong, without the time that looking at a password takes."""
    for _ in range(times):
        begin_try(house, login, came_from, now=LAUNCH_DAY)


def test_after_five_wrong_passwords_the_right_one_has_to_wait_too_also_after_a_restart(house: House) -> None:
    for _ in range(FOR_LOGIN.free):
        with pytest.raises(Refusal, match="the login or the password is wrong"):
            let_in(house, "wrong")
    restarted = House(house.settings, house.engine, Seal(KEY))
    with pytest.raises(TooOften, match="too many tries went wrong; try again in 30 s") as refused:
        let_in(restarted)
    assert refused.value.wait == FOR_LOGIN.first
    assert let_in(restarted, when=LAUNCH_DAY + FOR_LOGIN.first).secret
    assert len(every(house, FailedLogin)) == FOR_LOGIN.free, "the login's are forgiven, the address's are not"


@ONE
def test_the_wait_grows_and_is_said_in_minutes(house: House) -> None:
    failed(house, FOR_LOGIN.free)
    with pytest.raises(TooOften, match="try again in 1 s"):
        let_in(house, when=LAUNCH_DAY + FOR_LOGIN.first - SECOND)
    later = LAUNCH_DAY + FOR_LOGIN.first
    begin_try(house, "viewer", "::1", now=later)
    begin_try(house, "viewer", "::1", now=later + 2 * FOR_LOGIN.first)
    with pytest.raises(TooOften, match="try again in 2 min"):
        let_in(house, when=later + 2 * FOR_LOGIN.first)


@ONE
def test_tries_while_waiting_count_for_nothing_and_other_logins_do_not_wait(house: House) -> None:
    failed(house, FOR_LOGIN.free)
    for _ in range(3):
        with pytest.raises(TooOften):
            let_in(house)
    assert let_in(house, login="county").secret
    assert let_in(house, when=LAUNCH_DAY + FOR_LOGIN.first).secret


@ONE
def test_an_address_from_which_many_logins_are_tried_has_to_wait_and_another_has_not(house: House) -> None:
    for number in range(FOR_ADDRESS.free):
        begin_try(house, f"nobody{number}", "192.0.2.1", now=LAUNCH_DAY)
    with pytest.raises(TooOften):
        let_in(house, came_from="192.0.2.1")
    assert let_in(house, came_from="192.0.2.2").secret
    assert let_in(house, came_from="192.0.2.1", when=LAUNCH_DAY + FOR_ADDRESS.first).secret


@ONE
@pytest.mark.parametrize(
    ("login", "counted_as"), [("Nobody ", "nobody"), ("a\0b", ""), ("half \ud83d", ""), ("x" * 10_000, "")]
)
def test_a_login_that_there_is_none_of_waits_like_one_that_there_is(house: House, login: str, counted_as: str) -> None:
    with pytest.raises(Refusal, match="the login or the password is wrong"):
        let_in(house, login=login)
    failed(house, FOR_LOGIN.free - 1, counted_as)
    with pytest.raises(TooOften):
        let_in(house, login=login)


def test_of_tries_at_once_no_more_are_let_through_than_one_after_another(house: House) -> None:
    crowd, let_through = 12, []
    together = Barrier(crowd)

    def try_it() -> None:
        together.wait()
        with suppress(TooOften):
            let_through.append(begin_try(house, "viewer", "::1", now=LAUNCH_DAY))

    threads = [Thread(target=try_it) for _ in range(crowd)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(let_through) == FOR_LOGIN.free


@ONE
def test_failures_that_count_no_more_are_swept(house: House) -> None:
    failed(house, 3)
    begin_try(house, "county", "::1", now=LAUNCH_DAY + DAY)
    assert len(every(house, FailedLogin)) == 2


@ONE
def test_what_is_kept_of_a_failure_names_neither_login_nor_address(house: House) -> None:
    failed(house, 1, came_from="192.0.2.1")
    kept = " ".join(row.fingerprint for row in every(house, FailedLogin))
    assert "viewer" not in kept
    assert "192.0.2.1" not in kept
    other = House(house.settings, house.engine, Seal("A" * 43 + "="))
    assert begin_try(other, "viewer", "192.0.2.1", now=LAUNCH_DAY).login not in kept


def test_a_login_ends_after_a_week_and_when_it_is_not_used(house: House) -> None:
    secret = let_in(house).secret
    used = LAUNCH_DAY
    while used + IDLE < LAUNCH_DAY + LASTS:
        used += IDLE - SECOND
        assert find_by_login(house, secret, now=used), used
    assert find_by_login(house, secret, now=LAUNCH_DAY + LASTS) is None
    idle = let_in(house).secret
    assert find_by_login(house, idle, now=LAUNCH_DAY + IDLE) is None


def test_that_a_login_was_used_is_noted_once_in_a_while(house: House) -> None:
    secret = let_in(house).secret
    noted = []
    for later in (SECOND, NOTED_EVERY, NOTED_EVERY + SECOND):
        find_by_login(house, secret, now=LAUNCH_DAY + later)
        noted.append(every(house, Login)[0].seen_at)
    assert noted == [LAUNCH_DAY, LAUNCH_DAY + NOTED_EVERY, LAUNCH_DAY + NOTED_EVERY]


@ONE
def test_logins_that_ended_long_ago_are_swept(house: House) -> None:
    let_in(house)
    log_out(house, let_in(house).secret, now=LAUNCH_DAY + SECOND)
    let_in(house, when=LAUNCH_DAY + KEPT)
    assert len(every(house, Login)) == 3
    let_in(house, when=LAUNCH_DAY + KEPT + SECOND)
    assert len(every(house, Login)) == 3
    let_in(house, when=LAUNCH_DAY + KEPT + LASTS)
    assert len(every(house, Login)) == 3
