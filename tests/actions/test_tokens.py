"""Personal tokens: what a program may do that shows one."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from actions.access.callers import NOTED_EVERY, find_by_token
from actions.add_token import NewToken, add_token
from actions.house import House
from config.errors import Refusal
from config.vocabulary import Permission, TokenScope, UserStatus
from models.database import snapshot, transaction
from models.user import Token, User
from tests.factories import LAUNCH_DAY, a_registered_house
from tests.web.sites import with_users

DAY = timedelta(days=1)
READ = NewToken("figures for the office", frozenset({TokenScope.READ}), 30 * DAY)


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return with_users(a_registered_house(engine, tmp_path / "home"))


def the_token(house: House) -> Token:
    with snapshot(house.engine) as session:
        return session.exec(select(Token)).one()


def test_a_program_asks_in_its_users_name_and_scope_with_no_more_than_the_token_says(house: House) -> None:
    secret = add_token(house, "county", READ, now=LAUNCH_DAY)
    caller = find_by_token(house, secret, now=LAUNCH_DAY)
    assert caller is not None
    assert (caller.actor, caller.scope.path) == ("county", "/R/U1/")
    assert caller.permissions == {Permission.VIEW, Permission.READ_AUDIT}


@pytest.mark.parametrize(
    ("user", "scopes", "permissions"),
    [
        ("viewer", {TokenScope.READ, TokenScope.ANSWER, TokenScope.STEER}, {Permission.VIEW}),
        ("officer", {TokenScope.READ, TokenScope.ANSWER}, {Permission.VIEW, Permission.ANSWER}),
        ("officer", {TokenScope.READ}, {Permission.VIEW}),
        ("coordinator", {TokenScope.STEER}, frozenset(Permission) - {Permission.KEEP_USERS}),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_token_gives_nobody_more_than_the_role_does(
    house: House, user: str, scopes: set[TokenScope], permissions: set[Permission]
) -> None:
    secret = add_token(house, user, NewToken("all", frozenset(scopes), DAY), now=LAUNCH_DAY)
    caller = find_by_token(house, secret, now=LAUNCH_DAY)
    assert caller is not None
    assert caller.permissions == permissions


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_token_ends_with_its_time_its_revocation_and_its_user(house: House) -> None:
    secret = add_token(house, "county", READ, now=LAUNCH_DAY)
    assert find_by_token(house, secret, now=LAUNCH_DAY + READ.lasts) is None
    assert find_by_token(house, secret[:-1], now=LAUNCH_DAY) is None
    with transaction(house.engine) as session:
        user = session.exec(select(User).where(User.login == "county")).one()
        user.status = UserStatus.DISABLED
    assert find_by_token(house, secret, now=LAUNCH_DAY) is None
    with transaction(house.engine) as session:
        user = session.exec(select(User).where(User.login == "county")).one()
        user.status = UserStatus.ACTIVE
        session.exec(select(Token).where(col(Token.user_id) == user.id)).one().revoked_at = LAUNCH_DAY
    assert find_by_token(house, secret, now=LAUNCH_DAY) is None


def test_the_use_of_a_token_is_noted_once_in_a_while(house: House) -> None:
    secret = add_token(house, "county", READ, now=LAUNCH_DAY)
    noted = []
    for later in (timedelta(0), NOTED_EVERY / 2, NOTED_EVERY):
        find_by_token(house, secret, now=LAUNCH_DAY + later)
        noted.append(the_token(house).used_at)
    assert noted == [LAUNCH_DAY, LAUNCH_DAY, LAUNCH_DAY + NOTED_EVERY]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (NewToken(" ", READ.scopes, DAY), "name: must have from 1"),
        (NewToken("x" * 101, READ.scopes, DAY), "name: must have from 1 to 100"),
        (NewToken("none", frozenset(), DAY), "token none: choose at least one"),
        (NewToken("over", READ.scopes, -DAY), "token over: lasts a day"),
        (NewToken("long", READ.scopes, 367 * DAY), "366 at most"),
    ],
)
def test_a_token_that_says_too_little_is_refused(house: House, new: NewToken, refusal: str) -> None:
    with pytest.raises(Refusal, match=refusal):
        add_token(house, "county", new, now=LAUNCH_DAY)
