"""Users are added, changed and switched off, and somebody always keeps them."""

from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine

from actions.access.callers import find_by_token
from actions.access.keepers import refuse_to_lose_last_keeper
from actions.add_token import add_token
from actions.add_user import NewUser, add_user
from actions.change_password import change_password
from actions.change_user import Position, change_user
from actions.house import House
from actions.revoke_links import revoke_links
from actions.set_password import set_password
from actions.switch_user import switch_user
from config.errors import Refusal
from config.vocabulary import EventKind, UserRole, UserStatus
from models.database import transaction
from models.officer import Officer
from models.queries import find_user
from tests.actions.test_tokens import READ
from tests.factories import LAUNCH_DAY, a_registered_house
from tests.records import events_of, every, facts
from tests.web.sites import PASSWORD, with_users

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return with_users(a_registered_house(engine, tmp_path / "home"))


def test_of_two_coordinators_who_are_disabled_at_once_one_stays(house: House) -> None:
    add_user(house, NewUser("second", "二", UserRole.COORDINATOR, subject="2"), actor="test", now=LAUNCH_DAY)
    refused: list[str] = []

    def disable_the_second() -> None:
        try:
            switch_user(house, "second", UserStatus.DISABLED, actor="test", now=LAUNCH_DAY)
        except Refusal as refusal:
            refused.append(str(refusal))

    other = Thread(target=disable_the_second)
    with transaction(house.engine) as session:
        first = find_user(session, "coordinator", lock=True)
        first.status = UserStatus.DISABLED
        refuse_to_lose_last_keeper(session, first)
        other.start()
        other.join(timeout=0.5)  # time enough to be done, if nothing held it up
    other.join()
    assert refused == ["user second: is the last coordinator of everything; make another one first"]


@ONE
def test_a_disabled_users_tokens_are_revoked_for_good(house: House) -> None:
    secret = add_token(house, "viewer", READ, now=LAUNCH_DAY)
    assert switch_user(house, "viewer", UserStatus.DISABLED, actor="test", now=LAUNCH_DAY)
    assert switch_user(house, "viewer", UserStatus.ACTIVE, actor="test", now=LAUNCH_DAY)
    assert find_by_token(house, secret, now=LAUNCH_DAY) is None


@ONE
def test_what_happened_to_a_user_is_on_record_without_a_secret(house: House) -> None:
    set_password(house, "viewer", "another long password", actor="boss", now=LAUNCH_DAY)
    change_password(house, "viewer", "another long password", PASSWORD, came_from="::1", now=LAUNCH_DAY)
    change_user(house, "viewer", Position("V", UserRole.VIEWER, "U2"), actor="boss", now=LAUNCH_DAY)
    assert not change_user(house, "viewer", Position("V", UserRole.VIEWER, "第2区"), actor="boss", now=LAUNCH_DAY)
    switch_user(house, "viewer", UserStatus.DISABLED, actor="boss", now=LAUNCH_DAY)
    switch_user(house, "viewer", UserStatus.DISABLED, actor="boss", now=LAUNCH_DAY)
    events = events_of(house, EventKind.USER_CHANGED)
    assert [(event.actor, facts(event.after)) for event in events] == [
        ("boss", {"password": "set"}),
        ("viewer", {"password": "changed"}),
        ("boss", {"name": "V", "role": "viewer", "unit": "U2", "officer": None}),
        ("boss", {"status": "disabled"}),
    ]
    assert {event.subject for event in events} == {"user viewer"}


@ONE
def test_a_user_of_single_sign_on_has_no_password_to_change(house: House) -> None:
    add_user(house, NewUser("li", "李", UserRole.VIEWER, subject="person-1"), actor="test", now=LAUNCH_DAY)
    with pytest.raises(Refusal, match="you log in by single sign-on"):
        change_password(house, "li", "", "another long password", came_from="::1", now=LAUNCH_DAY)


@ONE
def test_a_subject_is_one_users(house: House) -> None:
    add_user(house, NewUser("li", "李", UserRole.VIEWER, subject="person-1"), actor="test", now=LAUNCH_DAY)
    with pytest.raises(Refusal, match="user wu: this subject of single sign-on is another user's"):
        add_user(house, NewUser("wu", "吴", UserRole.VIEWER, subject="person-1"), actor="test", now=LAUNCH_DAY)


def test_revoking_links_raises_the_epoch_of_one_officer(house: House) -> None:
    revoke_links(house, "OU1-1", actor="李", now=LAUNCH_DAY)
    revoke_links(house, "OU1-1", actor="李", now=LAUNCH_DAY)
    epochs = {officer.code: officer.link_epoch for officer in every(house, Officer)}
    assert {code: epoch for code, epoch in epochs.items() if epoch} == {"OU1-1": 2}
    assert [(event.subject, event.actor) for event in events_of(house, EventKind.LINKS_REVOKED)] == [
        ("OU1-1", "李")
    ] * 2
