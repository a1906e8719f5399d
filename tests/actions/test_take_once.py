"""A form that is taken once, and for how long that is kept."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.answer_once import KEPT
from actions.events import event_row, record
from actions.forget_answers import forget_answers
from actions.house import House
from actions.take_once import take_once
from config.errors import Refusal
from config.vocabulary import EventKind
from models.database import joint_transaction, transaction
from models.form import TakenForm
from tests.factories import LAUNCH_DAY, a_house
from tests.records import events_of, every


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return a_house(engine, tmp_path / "home")


def done(house: House, words: str) -> str:
    """Leave a trace in a joint transaction of its own, as logging a visit does."""
    with joint_transaction(house.engine), transaction(house.engine) as session:
        record(session, event_row(EventKind.BRANCH_CHANGED, words, at=LAUNCH_DAY, actor="form"))
    return words


def traces(house: House) -> list[str]:
    return [event.subject for event in events_of(house, EventKind.BRANCH_CHANGED) if event.actor == "form"]


def test_it_is_known_again_for_a_day(house: House) -> None:
    nearly, over = LAUNCH_DAY + KEPT - timedelta(microseconds=1), LAUNCH_DAY + KEPT
    led = [take_once(house, "a", lambda: done(house, "first"), now=LAUNCH_DAY)]
    led.append(take_once(house, "a", lambda: done(house, "second"), now=nearly))
    led.append(take_once(house, "b", lambda: done(house, "other"), now=nearly))
    led.append(take_once(house, "a", lambda: done(house, "third"), now=over))
    assert led == ["first", "first", "other", "third"]
    assert traces(house) == ["first", "other", "third"]


def test_what_fails_halfway_leaves_nothing(house: House) -> None:
    def fail() -> str:
        done(house, "half")
        raise Refusal("no")

    with pytest.raises(Refusal, match="no"):
        take_once(house, "a", fail, now=LAUNCH_DAY)
    assert (traces(house), every(house, TakenForm)) == ([], [])
    assert take_once(house, "a", lambda: done(house, "again"), now=LAUNCH_DAY) == "again"


def test_what_is_kept_no_longer_is_forgotten(house: House) -> None:
    take_once(house, "a", lambda: done(house, "first"), now=LAUNCH_DAY)
    take_once(house, "b", lambda: done(house, "second"), now=LAUNCH_DAY + timedelta(hours=1))
    assert forget_answers(house, now=LAUNCH_DAY + KEPT) == 1
    assert [form.digest for form in every(house, TakenForm)] == ["b"]
