"""Delivery from end to end, through real channels."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from actions.complete import Answer, complete
from actions.house import House
from actions.requeue import requeue
from actions.sending.worker import BATCH
from config.errors import Refusal
from config.seal import Seal
from config.vocabulary import DeliveryStatus, EventKind, NoticeStatus, Outcome
from flows.delivery import delivery
from models.database import snapshot
from models.event import Event
from notifications.outbox.claim import Pace
from notifications.outbox.queue import NO_CHANNEL
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
    read_attempts,
    read_deliveries,
    read_lines,
    read_notice,
    set_channel,
)
from tests.peers.faulty import goes_away
from tests.peers.form import a_form
from tests.peers.server import Answer as Reply
from tests.peers.webhook import a_webhook

MINUTE = timedelta(minutes=1)
NEXT_DAY = at("2009-09-17 08:30")


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """A house on each database in turn, with unit U1 at work."""
    return an_open_house(engine, tmp_path / "home")


def _deliver(house: House, now: datetime = MORNING) -> DeliveryReport:
    return delivery(house, lambda: now)


@contextmanager
def _no_folders(house: House) -> Iterator[None]:
    """Have a file stand where the folders of messages would be: what is sent to them does not go."""
    in_the_way = house.home / "messages"
    in_the_way.write_text("")
    yield
    in_the_way.unlink()


def _events(house: House, kind: EventKind) -> list[Event]:
    with snapshot(house.engine) as session:
        return list(session.exec(select(Event).where(Event.kind == kind)))


def test_everyone_gets_one_message(house: House) -> None:
    notices = own_notices(house, 3)
    assert _deliver(house) == DeliveryReport(sent=3)
    assert [file.parent.name for file in mails(house.home)] == ["OU1-1", "OU1-2", "OU1-3"]
    assert {read_notice(house, notice).status for notice in notices} == {NoticeStatus.SENT}
    assert _deliver(house) == DeliveryReport()
    assert len(mails(house.home)) == 3


def test_more_than_a_batch_is_drained(house: House) -> None:
    for days in range(BATCH[Pace.TOGETHER] + 1):
        morning = MORNING - timedelta(days=days)
        a_notice(house, "OU1-1", [About("U1-1")], sends_from=morning, sends_until=EVENING)
    assert _deliver(house) == DeliveryReport(sent=BATCH[Pace.TOGETHER] + 1)
    assert len(mails(house.home)) == BATCH[Pace.TOGETHER] + 1


def test_what_was_done_in_time_is_called_off_with_an_event(house: House) -> None:
    first, second = own_notices(house, 2)
    complete(
        house,
        "trial",
        [Answer("U1-1", "survey", MORNING, "test", {"members": 9}), Answer("U1-1", "training", MORNING, "test")],
    )
    assert _deliver(house) == DeliveryReport(sent=1, cancelled=1)
    assert [read_notice(house, notice).status for notice in (first, second)] == [
        NoticeStatus.CANCELLED,
        NoticeStatus.SENT,
    ]
    (event,) = _events(house, EventKind.NOTICES_CANCELLED)
    assert (event.subject, event.after) == ("trial", '{"notices": 1}')


def test_a_stock_service_gets_each_message_once(house: House) -> None:
    (notice,) = own_notices(house, 1)
    with a_form() as form:
        set_channel(house, "OU1-1", form.url)
        assert _deliver(house) == DeliveryReport(sent=1)
        assert _deliver(house) == DeliveryReport()
    (post,) = form.received
    (sent,) = read_deliveries(house, notice)
    assert (post["title"], post["message"]) == (sent.subject, (sent.body or "").rstrip())
    assert read_attempts(house, notice)[0].detail == "acceptance not verified"


def test_a_stock_service_that_did_not_take_a_message_is_asked_again_only_by_hand(house: House) -> None:
    (notice,) = own_notices(house, 1)
    with a_form(status=500) as form:
        set_channel(house, "OU1-1", form.url)
        assert _deliver(house) == DeliveryReport(held=1)
        form.status = 200
        assert _deliver(house, MORNING + 60 * MINUTE) == DeliveryReport()
        requeue(house, notice, "chen", MORNING + 60 * MINUTE)
        assert _deliver(house, MORNING + 60 * MINUTE) == DeliveryReport(sent=1)
    first, second = form.received
    assert first == second
    assert [attempt.outcome for attempt in read_attempts(house, notice)] == [Outcome.AMBIGUOUS, Outcome.ACCEPTED]


def test_what_did_not_go_is_tried_again_until_it_goes(house: House) -> None:
    (notice,) = own_notices(house, 1)
    with _no_folders(house):
        assert _deliver(house) == DeliveryReport(failed=1)
        assert _deliver(house) == DeliveryReport()
        assert _deliver(house, MORNING + MINUTE) == DeliveryReport(failed=1)
    assert _deliver(house, MORNING + 6 * MINUTE) == DeliveryReport(sent=1)
    assert [attempt.outcome for attempt in read_attempts(house, notice)] == [
        Outcome.TEMPORARY,
        Outcome.TEMPORARY,
        Outcome.ACCEPTED,
    ]


def test_a_retry_waits_for_the_next_send_window(house: House) -> None:
    (notice,) = own_notices(house, 1)
    with _no_folders(house):
        assert _deliver(house, EVENING - MINUTE) == DeliveryReport(failed=1)
    assert _deliver(house, EVENING + 60 * MINUTE) == DeliveryReport()
    assert (read_notice(house, notice).sends_from, read_notice(house, notice).day) == (NEXT_DAY, NEXT_DAY.date())
    assert _deliver(house, NEXT_DAY - MINUTE) == DeliveryReport()
    assert _deliver(house, NEXT_DAY) == DeliveryReport(sent=1)
    assert "已逾期 3 天" in (read_deliveries(house, notice)[0].body or "")


def test_what_did_not_go_is_one_message_with_that_of_the_next_day(house: House) -> None:
    (old,) = own_notices(house, 1)
    with _no_folders(house):
        assert _deliver(house, EVENING - MINUTE) == DeliveryReport(failed=1)
    new = a_notice(house, "OU1-1", [About("U1-1", "training")], sends_from=NEXT_DAY, sends_until=NEXT_DAY + 60 * MINUTE)
    assert _deliver(house, NEXT_DAY) == DeliveryReport(sent=1)
    assert read_notice(house, old).status is NoticeStatus.CANCELLED
    assert len(read_lines(house, new)) == 2
    assert [delivery.status for delivery in read_deliveries(house, old)] == [DeliveryStatus.CANCELLED]


def test_what_may_have_arrived_is_repeated_as_it_was_beside_that_of_the_next_day(house: House) -> None:
    (old,) = own_notices(house, 1)
    with a_webhook(goes_away) as webhook:
        set_channel(house, "OU1-1", webhook.address)
        assert _deliver(house, EVENING - MINUTE) == DeliveryReport(failed=1)
        a_notice(house, "OU1-1", [About("U1-1")], sends_from=NEXT_DAY, sends_until=NEXT_DAY + 60 * MINUTE)
        webhook.answer = lambda _: Reply.of({})
        assert _deliver(house, NEXT_DAY) == DeliveryReport(sent=2)
    assert sorted(webhook.keys.values()) == [1, 2]
    assert read_notice(house, old).day == MORNING.date()


def test_a_campaign_whose_calendar_is_at_fault_stops_nobody_elses_messages(house: House) -> None:
    (waiting,) = own_notices(house, 1)
    with _no_folders(house):
        assert _deliver(house, EVENING - MINUTE) == DeliveryReport(failed=1)
    fresh = a_notice(house, "OU1-2", [About("U1-2")], sends_from=NEXT_DAY, sends_until=NEXT_DAY + 60 * MINUTE)
    calendar = house.settings.calendar_folder / "CN.yaml"
    calendar.parent.mkdir()
    calendar.write_text("nonsense: [")
    with pytest.raises(Refusal, match=r"CN\.yaml"):
        _deliver(house, NEXT_DAY)
    assert read_notice(house, fresh).status is NoticeStatus.SENT
    assert read_notice(house, waiting).status is NoticeStatus.SENDING
    calendar.unlink()
    assert _deliver(house, NEXT_DAY) == DeliveryReport(sent=1)


def test_where_one_channel_fails_for_good_the_next_is_tried_by_the_same_delivery(house: House) -> None:
    (notice,) = own_notices(house, 1)
    set_channel(house, "OU1-1", "nosuch://topsecret", "folder://second")
    assert _deliver(house) == DeliveryReport(sent=1, failed=1)
    assert read_notice(house, notice).status is NoticeStatus.SENT


def test_an_address_that_nothing_can_open_is_given_up_with_its_reason(house: House) -> None:
    set_channel(house, "OU1-1", "nosuch://topsecret")
    (notice,) = own_notices(house, 1)
    assert _deliver(house) == DeliveryReport(dead=1)
    found = read_notice(house, notice)
    assert (found.status, found.reason) == (NoticeStatus.DEAD, "channel nosuch://…: no such service")


def test_an_address_sealed_with_another_key_is_tried_again(house: House) -> None:
    (notice,) = own_notices(house, 1)
    other = House(house.settings, house.engine, Seal("A" * 43 + "="))
    assert _deliver(other) == DeliveryReport(failed=1)
    assert "key" in (read_attempts(house, notice)[0].detail or "")
    assert _deliver(house, MORNING + MINUTE) == DeliveryReport(sent=1)


def test_a_home_that_cannot_be_written_loses_nothing(house: House) -> None:
    own_notices(house, 3)
    with _no_folders(house):
        assert _deliver(house) == DeliveryReport(failed=3)
    assert _deliver(house, MORNING + MINUTE) == DeliveryReport(sent=3)
    assert len(mails(house.home)) == 3


def test_a_dead_notice_goes_again_when_it_is_requeued(house: House) -> None:
    set_channel(house, "OU1-1")
    (notice,) = own_notices(house, 1)
    assert _deliver(house) == DeliveryReport(dead=1)
    assert read_notice(house, notice).reason == NO_CHANNEL
    set_channel(house, "OU1-1", "folder://new")
    requeue(house, notice, "chen", EVENING)
    assert _deliver(house, EVENING) == DeliveryReport()
    assert _deliver(house, NEXT_DAY) == DeliveryReport(sent=1)
    (event,) = _events(house, EventKind.NOTICE_REQUEUED)
    assert (event.actor, event.subject, event.campaign_id) == ("chen", f"notice {notice}", 1)
    assert event.before == f'{{"reason": "{NO_CHANNEL}", "status": "dead"}}'


def test_a_requeued_delivery_starts_its_waits_anew_and_keeps_its_tries(house: House) -> None:
    (notice,) = own_notices(house, 1)
    with _no_folders(house):
        now = MORNING
        while read_notice(house, notice).status is not NoticeStatus.DEAD:
            _deliver(house, now)
            now = max(now, read_deliveries(house, notice)[0].not_before)
        requeue(house, notice, "chen", now)
        assert _deliver(house, now) == DeliveryReport(failed=1)
    assert [attempt.number for attempt in read_attempts(house, notice)] == [1, 2, 3, 4, 5, 6, 7]
    assert read_deliveries(house, notice)[0].attempts == 1


def test_a_requeued_notice_of_which_nothing_is_true_is_cancelled(house: House) -> None:
    set_channel(house, "OU1-1", "nosuch://x")
    notice = a_notice(house, "OU1-1", [About("U1-1")])
    _deliver(house)
    complete(house, "trial", [Answer("U1-1", "survey", MORNING, "test", {"members": 9})])
    requeue(house, notice, "chen", MORNING)
    assert _deliver(house) == DeliveryReport(cancelled=1)
    assert read_notice(house, notice).reason == "done"


def test_a_notice_on_a_disabled_channel_is_requeued_on_the_next(house: House) -> None:
    set_channel(house, "OU1-1", "nosuch://x")
    (notice,) = own_notices(house, 1)
    _deliver(house)
    set_channel(house, "OU1-1", "folder://new")
    requeue(house, notice, "chen", MORNING)
    assert _deliver(house) == DeliveryReport(sent=1)
    assert [found.status for found in read_deliveries(house, notice)] == [
        DeliveryStatus.CANCELLED,
        DeliveryStatus.SENT,
    ]


@pytest.mark.parametrize(
    ("number", "says"), [(999, "none of this number"), (1, "it is sent; only dead and held notices can go again")]
)
def test_only_what_stopped_can_be_requeued(house: House, number: int, says: str) -> None:
    own_notices(house, 1)
    _deliver(house)
    with pytest.raises(Refusal, match=says):
        requeue(house, number, "chen", MORNING)
    assert _events(house, EventKind.NOTICE_REQUEUED) == []
