"""Settling: every verdict leaves delivery, attempt and notice in one state, and only its own worker may do it."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from actions.house import House
from actions.requeue import requeue
from config.vocabulary import DeliveryStatus, NoticeStatus, Outcome
from models.database import transaction
from notifications.channels.message import Verdict
from notifications.outbox.begin import begin_sending
from notifications.outbox.claim import Pace, claim
from notifications.outbox.policy import LEASE, MOST_CRASHES, WAITS
from notifications.outbox.queue import enqueue
from notifications.outbox.recover import recover
from notifications.outbox.report import DeliveryReport
from notifications.outbox.settle import settle
from tests.notifications.factories import (
    MORNING,
    own_notices,
    read_attempts,
    read_channel,
    read_deliveries,
    read_notice,
    set_channel,
)

MINUTE = timedelta(minutes=1)


def _claim(house: House, token: str, now: datetime = MORNING) -> list[int]:
    with transaction(house.engine) as session:
        enqueue(session, now)
        claims = [claim(session, token, now, limit=9, pace=pace) for pace in Pace]
        return [parcel.delivery_id for claimed in claims for parcel in claimed.parcels]


def _begin(house: House, token: str, deliveries: list[int], now: datetime = MORNING) -> frozenset[int]:
    with transaction(house.engine) as session:
        return begin_sending(session, token, now, deliveries)


def _settle(house: House, token: str, verdicts: dict[int, Verdict], now: datetime = MORNING) -> DeliveryReport:
    with transaction(house.engine) as session:
        return settle(session, token, now, verdicts).report


def _recover(house: House, now: datetime) -> DeliveryReport:
    with transaction(house.engine) as session:
        return recover(session, now)


@pytest.mark.parametrize(
    ("outcome", "service", "report", "delivery", "notice"),
    [
        (Outcome.ACCEPTED, "folder", DeliveryReport(sent=1), DeliveryStatus.SENT, NoticeStatus.SENT),
        (Outcome.TEMPORARY, "folder", DeliveryReport(failed=1), DeliveryStatus.FAILED, NoticeStatus.SENDING),
        (Outcome.THROTTLED, "folder", DeliveryReport(failed=1), DeliveryStatus.FAILED, NoticeStatus.SENDING),
        (Outcome.PERMANENT, "folder", DeliveryReport(dead=1), DeliveryStatus.DEAD, NoticeStatus.DEAD),
        (Outcome.AMBIGUOUS, "folder", DeliveryReport(failed=1), DeliveryStatus.UNKNOWN, NoticeStatus.SENDING),
        (Outcome.AMBIGUOUS, "form", DeliveryReport(held=1), DeliveryStatus.HELD, NoticeStatus.HELD),
    ],
)
def test_a_verdict_is_written_down(
    house: House,
    outcome: Outcome,
    service: str,
    report: DeliveryReport,
    delivery: DeliveryStatus,
    notice: NoticeStatus,
) -> None:
    set_channel(house, "OU1-1", f"{service}://person")
    (notice_id,) = own_notices(house, 1)
    (key,) = _claim(house, "a")
    assert _begin(house, "a", [key]) == {key}
    verdict = Verdict(outcome, "the provider's words", receipt="r-1")
    assert _settle(house, "a", {key: verdict}, MORNING + MINUTE) == report
    (found,) = read_deliveries(house, notice_id)
    assert (found.status, found.lease_token, found.lease_until) == (delivery, None, None)
    assert found.sent_at == (MORNING + MINUTE if outcome is Outcome.ACCEPTED else None)
    assert found.attempts == (0 if outcome is Outcome.THROTTLED else 1)
    (attempt,) = read_attempts(house, notice_id)
    assert (attempt.number, attempt.outcome, attempt.detail) == (1, outcome, "the provider's words")
    assert (attempt.started_at, attempt.ended_at) == (MORNING, MORNING + MINUTE)
    assert read_notice(house, notice_id).status is notice
    assert read_notice(house, notice_id).reason == ("the provider's words" if report.held or report.dead else None)


def test_sending_is_on_record_before_the_message_leaves(house: House) -> None:
    (notice,) = own_notices(house, 1)
    _begin(house, "a", _claim(house, "a"))
    (delivery,) = read_deliveries(house, notice)
    (attempt,) = read_attempts(house, notice)
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.SENDING, 1)
    assert (attempt.started_at, attempt.ended_at, attempt.outcome) == (MORNING, None, None)


def test_after_the_last_wait_a_delivery_is_dead(house: House) -> None:
    (notice,) = own_notices(house, 1)
    now, times = MORNING, []
    while claimed := _claim(house, "a", now):
        times.append(now)
        _begin(house, "a", claimed, now)
        _settle(house, "a", dict.fromkeys(claimed, Verdict(Outcome.TEMPORARY, "no")), now)
        now = read_deliveries(house, notice)[0].not_before
    assert [after - before for before, after in pairwise(times)] == list(WAITS)
    assert read_notice(house, notice).status is NoticeStatus.DEAD
    assert [attempt.number for attempt in read_attempts(house, notice)] == [1, 2, 3, 4, 5, 6]


def test_a_lease_that_ran_out_may_not_begin(house: House) -> None:
    own_notices(house, 1)
    assert _begin(house, "a", _claim(house, "a"), MORNING + LEASE) == frozenset()


def test_another_workers_delivery_may_neither_begin_nor_be_settled(house: House) -> None:
    (notice,) = own_notices(house, 1)
    claimed = _claim(house, "a")
    assert _begin(house, "b", claimed) == frozenset()
    _begin(house, "a", claimed)
    assert _settle(house, "b", dict.fromkeys(claimed, Verdict(Outcome.ACCEPTED, ""))) == DeliveryReport()
    assert read_deliveries(house, notice)[0].status is DeliveryStatus.SENDING


def test_a_verdict_that_comes_after_the_lease_was_taken_back_changes_nothing(house: House) -> None:
    (notice,) = own_notices(house, 1)
    claimed = _claim(house, "a")
    _begin(house, "a", claimed)
    _recover(house, MORNING + LEASE)
    assert _settle(house, "a", dict.fromkeys(claimed, Verdict(Outcome.ACCEPTED, ""))) == DeliveryReport()
    assert read_deliveries(house, notice)[0].status is DeliveryStatus.UNKNOWN


def test_a_lease_that_runs_is_left_alone(house: House) -> None:
    own_notices(house, 1)
    _begin(house, "a", _claim(house, "a"))
    assert _recover(house, MORNING + LEASE - MINUTE) == DeliveryReport()


def test_what_was_only_claimed_goes_again(house: House) -> None:
    (notice,) = own_notices(house, 1)
    claimed = _claim(house, "a")
    assert _recover(house, MORNING + LEASE) == DeliveryReport()
    assert _claim(house, "b", MORNING + LEASE) == claimed
    assert read_attempts(house, notice) == []


def test_what_may_have_left_goes_again_at_once_where_that_does_no_harm(house: House) -> None:
    (notice,) = own_notices(house, 1)
    claimed = _claim(house, "a")
    _begin(house, "a", claimed)
    assert _recover(house, MORNING + LEASE) == DeliveryReport(failed=1)
    (attempt,) = read_attempts(house, notice)
    assert (attempt.outcome, attempt.ended_at) == (Outcome.AMBIGUOUS, MORNING + LEASE)
    assert _claim(house, "b", MORNING + LEASE) == claimed


def test_what_may_have_left_is_held_where_a_repeat_does_harm(house: House) -> None:
    set_channel(house, "OU1-1", "form://192.0.2.1")
    (notice,) = own_notices(house, 1)
    _begin(house, "a", _claim(house, "a"))
    assert _recover(house, MORNING + LEASE) == DeliveryReport(held=1)
    assert _claim(house, "b", MORNING + LEASE) == []
    assert read_notice(house, notice).status is NoticeStatus.HELD


def test_a_message_that_stops_every_worker_is_given_up_in_the_end(house: House) -> None:
    (notice,) = own_notices(house, 1)
    now = MORNING
    while claimed := _claim(house, "a", now):
        _begin(house, "a", claimed, now)
        now += LEASE
        _recover(house, now)
    assert read_notice(house, notice).status is NoticeStatus.DEAD
    assert len(read_attempts(house, notice)) == MOST_CRASHES


def _fail(house: House, token: str, *outcomes: Outcome, now: datetime = MORNING) -> DeliveryReport:
    """Send what can be claimed, each time with the next outcome."""
    report = DeliveryReport()
    for outcome in outcomes:
        claimed = _claim(house, token, now)
        _begin(house, token, claimed, now)
        report = _settle(house, token, dict.fromkeys(claimed, Verdict(outcome, "no such person")), now)
        now += MINUTE
    return report


def test_where_one_channel_fails_for_good_the_next_is_tried_and_then_it_is_dead(house: House) -> None:
    set_channel(house, "OU1-1", "folder://first", "folder://second")
    (notice,) = own_notices(house, 1)
    assert _fail(house, "a", Outcome.PERMANENT) == DeliveryReport(failed=1)
    assert (read_notice(house, notice).status, read_notice(house, notice).reason) == (NoticeStatus.PLANNED, None)
    assert _fail(house, "a", Outcome.PERMANENT) == DeliveryReport(dead=1)
    assert [read_channel(house, delivery) for delivery in read_deliveries(house, notice)] == [
        "folder://first",
        "folder://second",
    ]
    assert (read_notice(house, notice).status, read_notice(house, notice).reason) == (
        NoticeStatus.DEAD,
        "no such person",
    )


def test_the_second_channel_brings_it_through(house: House) -> None:
    set_channel(house, "OU1-1", "folder://first", "folder://second")
    (notice,) = own_notices(house, 1)
    assert _fail(house, "a", Outcome.PERMANENT, Outcome.ACCEPTED) == DeliveryReport(sent=1)
    assert read_notice(house, notice).status is NoticeStatus.SENT


def test_what_may_have_arrived_by_one_channel_does_not_go_by_another(house: House) -> None:
    set_channel(house, "OU1-1", "folder://first", "folder://second")
    (notice,) = own_notices(house, 1)
    assert _fail(house, "a", Outcome.AMBIGUOUS, Outcome.PERMANENT) == DeliveryReport(dead=1)
    assert read_notice(house, notice).status is NoticeStatus.DEAD


def test_requeued_after_all_channels_failed_it_goes_round_them_once_more(house: House) -> None:
    set_channel(house, "OU1-1", "folder://first", "folder://second")
    (notice,) = own_notices(house, 1)
    _fail(house, "a", Outcome.PERMANENT, Outcome.PERMANENT)
    requeue(house, notice, "chen", MORNING + MINUTE)
    later = MORNING + 2 * MINUTE
    assert _fail(house, "a", Outcome.PERMANENT, now=later) == DeliveryReport(failed=1)
    assert _fail(house, "a", Outcome.PERMANENT, now=later + MINUTE) == DeliveryReport(dead=1)
    tries = [(attempt.delivery_id, attempt.number) for attempt in read_attempts(house, notice)]
    assert [number for _, number in tries] == [1, 2, 1, 2]
    requeue(house, notice, "chen", later + 2 * MINUTE)
    (again,) = _claim(house, "a", later + 2 * MINUTE)
    assert again == tries[0][0], "the one that failed last"


def test_long_words_of_a_provider_are_cut(house: House) -> None:
    (notice,) = own_notices(house, 1)
    claimed = _claim(house, "a")
    _begin(house, "a", claimed)
    verdict = Verdict(Outcome.PERMANENT, "长" * 5_000, receipt="r" * 5_000)
    _settle(house, "a", dict.fromkeys(claimed, verdict))
    assert len(read_attempts(house, notice)[0].detail or "") == 400
    assert len(read_notice(house, notice).reason or "") == 400
