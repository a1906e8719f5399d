"""A write under a key: done once, answered alike, and kept for a day."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.add_user import NewUser, add_user
from actions.answer_once import KEPT, Answered, Keyed, KeyTaken, answer_once
from actions.events import event_row, record
from actions.forget_answers import forget_answers
from actions.house import House
from config.errors import Refusal
from config.vocabulary import EventKind, UserRole
from models.database import transaction
from models.user import Reply
from tests.factories import LAUNCH_DAY, a_house
from tests.records import events_of, every

KEYED = Keyed(1, "key", "print")


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """A house with two users, by their numbers 1 and 2."""
    house = a_house(engine, tmp_path / "home")
    for login in ("one", "two"):
        add_user(house, NewUser(login, login, UserRole.VIEWER, subject=login), actor="test", now=LAUNCH_DAY)
    return house


def done(house: House, words: str = "done") -> Answered:
    """Leave a trace, as an action would."""
    with transaction(house.engine) as session:
        record(session, event_row(EventKind.BRANCH_CHANGED, words, at=LAUNCH_DAY, actor="program"))
    return Answered(200, words)


def traces(house: House) -> list[str]:
    return [event.subject for event in events_of(house, EventKind.BRANCH_CHANGED) if event.actor == "program"]


def test_a_repeat_is_answered_alike_and_nothing_is_done_again(house: House) -> None:
    first = answer_once(house, KEYED, lambda: done(house, "first"), now=LAUNCH_DAY)
    again = answer_once(house, KEYED, lambda: done(house, "second"), now=LAUNCH_DAY)
    assert (first.body, first.again, again.body, again.again) == ("first", False, "first", True)
    assert traces(house) == ["first"]


@pytest.mark.parametrize(
    ("keyed", "expected"),
    [
        pytest.param(None, ["first", "second"], id="without a key"),
        pytest.param(Keyed(1, "other", "print"), ["first", "second"], id="another key"),
        pytest.param(Keyed(2, "key", "print"), ["first", "second"], id="the same key of another user"),
    ],
)
def test_what_is_another_write_is_done(house: House, keyed: Keyed | None, expected: list[str]) -> None:
    answer_once(house, KEYED, lambda: done(house, "first"), now=LAUNCH_DAY)
    answer_once(house, keyed, lambda: done(house, "second"), now=LAUNCH_DAY)
    assert traces(house) == expected


def test_a_key_of_another_request_is_refused(house: House) -> None:
    answer_once(house, KEYED, lambda: done(house), now=LAUNCH_DAY)
    with pytest.raises(KeyTaken, match="Idempotency-Key key: was used for another request"):
        answer_once(house, Keyed(1, "key", "another"), lambda: done(house), now=LAUNCH_DAY)
    assert traces(house) == ["done"]


@pytest.mark.parametrize("failure", [Refusal("no"), KeyboardInterrupt()], ids=["refused", "killed"])
def test_what_does_not_come_to_its_end_leaves_nothing_and_can_be_sent_again(
    house: House, failure: BaseException
) -> None:
    def half() -> Answered:
        done(house, "half")
        raise failure

    with pytest.raises(type(failure)):
        answer_once(house, KEYED, half, now=LAUNCH_DAY)
    assert traces(house) == []
    assert not answer_once(house, KEYED, lambda: done(house, "whole"), now=LAUNCH_DAY).again
    assert traces(house) == ["whole"]


def test_of_two_at_once_the_second_waits_and_is_answered_like_the_first(house: House) -> None:
    begun, go_on = threading.Event(), threading.Event()
    answers: list[Answered] = []

    def slow() -> Answered:
        begun.set()
        assert go_on.wait(10)
        return done(house, "slow")

    first = threading.Thread(target=lambda: answers.append(answer_once(house, KEYED, slow, now=LAUNCH_DAY)))
    second = threading.Thread(
        target=lambda: answers.append(answer_once(house, KEYED, lambda: done(house, "fast"), now=LAUNCH_DAY))
    )
    first.start()
    assert begun.wait(10)
    second.start()
    second.join(0.3)
    assert second.is_alive()
    go_on.set()
    first.join()
    second.join()
    assert traces(house) == ["slow"]
    assert sorted((answer.body, answer.again) for answer in answers) == [("slow", False), ("slow", True)]


def test_an_answer_is_kept_for_a_day(house: House) -> None:
    nearly, over = LAUNCH_DAY + KEPT - timedelta(microseconds=1), LAUNCH_DAY + KEPT
    answer_once(house, KEYED, lambda: done(house, "first"), now=LAUNCH_DAY)
    assert answer_once(house, KEYED, lambda: done(house, "second"), now=nearly).again
    assert not answer_once(house, KEYED, lambda: done(house, "third"), now=over).again
    assert traces(house) == ["first", "third"]


def test_answers_that_are_kept_no_longer_are_forgotten(house: House) -> None:
    answer_once(house, KEYED, lambda: done(house), now=LAUNCH_DAY)
    answer_once(house, Keyed(1, "later", "print"), lambda: done(house), now=LAUNCH_DAY + timedelta(hours=1))
    assert forget_answers(house, now=LAUNCH_DAY + KEPT) == 1
    assert [reply.key for reply in every(house, Reply)] == ["later"]
    assert forget_answers(house, now=LAUNCH_DAY + KEPT) == 0
