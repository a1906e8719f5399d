"""All that was given up of a campaign goes again at once: one message a person, and nobody who is not reached."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import col

from actions.complete import Answer, complete
from actions.defer_notices import MERGED
from actions.house import House
from actions.requeue_dead import Requeued, requeue_dead
from config.errors import Refusal
from config.vocabulary import EventKind, NoticeStatus, Outcome
from flows.delivery import delivery
from models.database import snapshot, transaction
from models.dialects import table_of
from models.event import Event
from models.notice import Attempt
from notifications.outbox.report import DeliveryReport
from tests.factories import at
from tests.notifications.factories import (
    EVENING,
    MORNING,
    About,
    a_notice,
    an_open_house,
    mails,
    own_notices,
    read_deliveries,
    read_notice,
    set_channel,
)

DAY = timedelta(days=1)
NEXT_DAY = at("2009-09-17 08:30")


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return an_open_house(engine, tmp_path / "home")


def _requeue(house: House) -> Requeued:
    return requeue_dead(house, "trial", actor="chen", now=EVENING)


def _unreached(house: House, officer: str, days: int = 1) -> list[int]:
    """Notices of the last days that were given up, since nothing reached their reader."""
    set_channel(house, officer)
    notices = []
    for back in reversed(range(days)):
        opens = MORNING - back * DAY
        notices.append(
            a_notice(house, officer, [About(officer[1:])], sends_from=opens, sends_until=EVENING - back * DAY)
        )
        assert delivery(house, lambda opens=opens: opens).dead == 1
    return notices


def test_ten_days_of_outage_are_one_message_a_person(house: House) -> None:
    notices = _unreached(house, "OU1-1", days=10)
    set_channel(house, "OU1-1", "folder://new")
    assert _requeue(house) == Requeued(notices=10, unreached=0)
    assert delivery(house, lambda: NEXT_DAY) == DeliveryReport(sent=1)
    assert len(mails(house.home)) == 1
    *older, newest = (read_notice(house, notice) for notice in notices)
    assert newest.status is NoticeStatus.SENT
    assert {(old.status, old.reason) for old in older} == {(NoticeStatus.CANCELLED, MERGED)}
    with snapshot(house.engine) as session:
        events = session.scalars(select(Event).where(col(Event.kind) == EventKind.NOTICE_REQUEUED)).all()
    assert [(event.actor, event.subject) for event in events] == [("chen", f"notice {notice}") for notice in notices]
    with pytest.raises(Refusal, match="campaign trial: no notice of it is dead"):
        _requeue(house)


def test_who_is_not_reached_stays_as_it_was(house: House) -> None:
    (reached,), (unreached,) = _unreached(house, "OU1-1"), _unreached(house, "OU1-2")
    set_channel(house, "OU1-1", "folder://new")
    assert _requeue(house) == Requeued(notices=1, unreached=1)
    assert read_notice(house, reached).status is NoticeStatus.PLANNED
    left = read_notice(house, unreached)
    assert (left.status, left.reason) == (NoticeStatus.DEAD, "no active channel")


def test_where_nobody_is_reached_it_is_refused(house: House) -> None:
    _unreached(house, "OU1-1")
    with pytest.raises(Refusal, match="campaign trial: no active channel reaches a reader of its dead notices"):
        _requeue(house)
    with pytest.raises(Refusal, match="campaign nosuch: not launched here"):
        requeue_dead(house, "nosuch", actor="chen", now=EVENING)


def test_what_is_not_true_any_more_is_not_said(house: House) -> None:
    (notice,) = _unreached(house, "OU1-1")
    set_channel(house, "OU1-1", "folder://new")
    complete(house, "trial", [Answer("U1-1", "survey", MORNING, "test", {"members": 9})])
    _requeue(house)
    assert delivery(house, lambda: NEXT_DAY) == DeliveryReport(cancelled=1)
    assert read_notice(house, notice).reason == "done"


def test_one_that_may_have_arrived_is_repeated_as_it_was(house: House) -> None:
    set_channel(house, "OU1-1", "folder://first")
    (notice,) = own_notices(house, 1)
    in_the_way = house.home / "messages"
    in_the_way.write_text("")
    now = MORNING
    while read_notice(house, notice).status is not NoticeStatus.DEAD:
        delivery(house, lambda now=now: now)
        now = max(now, read_deliveries(house, notice)[0].not_before)
    in_the_way.unlink()
    with transaction(house.engine) as session:
        session.execute(update(table_of(Attempt)).values(outcome=Outcome.AMBIGUOUS))
    complete(house, "trial", [Answer("U1-1", "survey", MORNING, "test", {"members": 9})])
    (before,) = read_deliveries(house, notice)
    assert _requeue(house) == Requeued(notices=1, unreached=0)
    assert delivery(house, lambda: NEXT_DAY) == DeliveryReport(sent=1)
    (after,) = read_deliveries(house, notice)
    assert (after.id, after.body, after.dated) == (before.id, before.body, before.dated)
