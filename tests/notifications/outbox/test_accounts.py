"""What a provider counts as one sender: its rate is never exceeded, it rests as a whole, and holds up nobody else."""

from collections.abc import Collection
from datetime import datetime, timedelta

import pytest

from actions.house import House
from config.vocabulary import DeliveryStatus, Outcome
from models.database import snapshot, transaction
from notifications.channels.message import Verdict
from notifications.channels.services import Rate
from notifications.outbox.begin import begin_sending, take_back
from notifications.outbox.candidates import FEW
from notifications.outbox.claim import Pace, Parcel, claim
from notifications.outbox.policy import LEASE
from notifications.outbox.queue import enqueue
from notifications.outbox.recover import recover
from notifications.outbox.settle import settle
from notifications.outbox.waiting import Waiting, find_waiting
from tests.notifications.crowd import a_crowd
from tests.notifications.factories import (
    EVENING,
    MORNING,
    About,
    a_notice,
    an_account,
    free_slots,
    own_notices,
    read_account,
    read_attempts,
    read_deliveries,
    set_channel,
)

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
TWO_A_MINUTE = Rate(2, 60)
ACCEPTED = Verdict(Outcome.ACCEPTED, "ok")


def _claim(
    house: House, now: datetime = MORNING, token: str = "a", limit: int = 100, pace: Pace = Pace.TOGETHER
) -> tuple[Parcel, ...]:
    with transaction(house.engine) as session:
        enqueue(session, now)
    with transaction(house.engine) as session:
        return claim(session, token, now, limit=limit, pace=pace).parcels


def _keys(parcels: Collection[Parcel]) -> list[int]:
    return [parcel.delivery_id for parcel in parcels]


def _begin(house: House, parcels: Collection[Parcel], now: datetime = MORNING, token: str = "a") -> frozenset[int]:
    with transaction(house.engine) as session:
        return begin_sending(session, token, now, _keys(parcels))


def _settle(house: House, parcels: Collection[Parcel], verdict: Verdict = ACCEPTED, now: datetime = MORNING) -> None:
    with transaction(house.engine) as session:
        settle(session, "a", now, dict.fromkeys(_keys(parcels), verdict))


def _waiting(house: House, now: datetime) -> Waiting:
    with snapshot(house.engine) as session:
        return find_waiting(session, now)


def _many_notices(house: House, count: int) -> list[int]:
    """Notices to one officer, all of them due."""
    mornings = [MORNING - timedelta(days=days) for days in range(count)]
    return [a_notice(house, "OU1-1", [About("U1-1")], sends_from=day, sends_until=EVENING) for day in mornings]


def test_an_account_sends_no_more_than_its_rate_in_any_period(house: House) -> None:
    account = an_account(house, "OU1-1", rate=TWO_A_MINUTE)
    _many_notices(house, 5)
    first = _claim(house)
    assert len(first) == 2
    assert _claim(house, token="b") == ()
    _begin(house, first)
    answered = MORNING + 10 * SECOND
    _settle(house, first, now=answered)
    assert free_slots(house, account, answered + MINUTE - SECOND) == 0
    assert _claim(house, answered + MINUTE - SECOND) == ()
    assert len(_claim(house, answered + MINUTE)) == 2


def test_what_is_free_comes_back_one_by_one(house: House) -> None:
    an_account(house, "OU1-1", rate=TWO_A_MINUTE)
    _many_notices(house, 4)
    first, second = _claim(house)
    _begin(house, [first, second])
    _settle(house, [first])
    _settle(house, [second], now=MORNING + 30 * SECOND)
    assert len(_claim(house, MORNING + MINUTE)) == 1


def test_a_worker_that_died_keeps_its_slots_for_a_period_after_its_lease(house: House) -> None:
    account = an_account(house, "OU1-1", rate=TWO_A_MINUTE)
    _many_notices(house, 3)
    _claim(house)
    assert free_slots(house, account, MORNING + LEASE + MINUTE - SECOND) == 0
    assert free_slots(house, account, MORNING + LEASE + MINUTE) == 2


def test_a_lease_that_was_made_longer_keeps_its_slot_as_much_longer(house: House) -> None:
    account = an_account(house, "OU1-1", rate=TWO_A_MINUTE)
    _many_notices(house, 2)
    began = MORNING + 4 * MINUTE
    _begin(house, _claim(house), began)
    with transaction(house.engine) as session:
        recover(session, began + LEASE)
    assert free_slots(house, account, began + LEASE + MINUTE - SECOND) == 0
    assert free_slots(house, account, began + LEASE + MINUTE) == 2


def test_what_was_claimed_and_not_begun_frees_its_slot_when_it_is_taken_back(house: House) -> None:
    account = an_account(house, "OU1-1", rate=TWO_A_MINUTE)
    _many_notices(house, 3)
    _claim(house)
    with transaction(house.engine) as session:
        recover(session, MORNING + LEASE)
    assert free_slots(house, account, MORNING + LEASE) == 2


def test_a_slot_that_went_to_another_is_not_freed_by_the_first(house: House) -> None:
    account = an_account(house, "OU1-1", rate=Rate(1, 60))
    _many_notices(house, 2)
    first = _claim(house)
    later = MORNING + LEASE + MINUTE
    (second,) = _claim(house, later, token="b")
    assert _keys(first) != [second.delivery_id]
    assert _begin(house, first, later) == frozenset()
    assert free_slots(house, account, later) == 0


def test_many_that_wait_for_one_account_hold_up_nobody_else(house: House) -> None:
    an_account(house, "OU1-1", rate=TWO_A_MINUTE)
    _many_notices(house, 20)
    a_notice(house, "OU1-2", [About("U1-2")])
    assert len(_claim(house, limit=10)) == 3


def test_each_account_has_its_share_of_a_batch_and_takes_what_others_leave(house: House) -> None:
    one, other = an_account(house, "OU1-1"), an_account(house, "OU1-2")
    _many_notices(house, 20)
    a_notice(house, "OU1-2", [About("U1-2")])
    claimed = _claim(house, limit=10)
    assert [parcel.account_id for parcel in claimed].count(other) == 1
    assert [parcel.account_id for parcel in claimed].count(one) in (5, 9)


def test_of_many_accounts_each_sends_one_at_a_time_as_its_rate_allows(house: House) -> None:
    accounts = [an_account(house, rate=Rate(1, 60) if number % 2 else None) for number in range(FEW + 8)]
    for number, account in enumerate(accounts):
        names = [f"P{number}", f"Q{number}"]
        a_crowd(house, names, lambda name: f"folder://{name}", account)
    first = _claim(house)
    assert sorted(parcel.account_id or 0 for parcel in first) == accounts
    assert sum(free_slots(house, account, MORNING) for account in accounts) == 0
    second = _claim(house, token="b")
    assert sorted(parcel.account_id or 0 for parcel in second) == accounts[::2]
    assert _claim(house, token="c") == ()
    assert not {*_keys(first)} & {*_keys(second)}


def test_an_account_whose_first_message_may_not_go_now_sends_the_next(house: House) -> None:
    an_account(house, "OU1-1")
    day_before = MORNING - timedelta(days=1)
    a_notice(house, "OU1-1", [About("U1-1")], sends_from=day_before, sends_until=day_before + MINUTE)
    with transaction(house.engine) as session:
        enqueue(session, day_before)
    own_notices(house, 1)
    assert len(_claim(house)) == 1


@pytest.mark.parametrize(
    ("verdict", "until"),
    [
        (Verdict(Outcome.THROTTLED, "45009"), MORNING + MINUTE),
        (Verdict(Outcome.THROTTLED, "429", retry_after=7 * MINUTE), MORNING + 7 * MINUTE),
        (Verdict(Outcome.TEMPORARY, "not reached", is_account_down=True), MORNING + MINUTE),
        (Verdict(Outcome.AMBIGUOUS, "no answer", is_account_down=True), MORNING + MINUTE),
        (Verdict(Outcome.TEMPORARY, "mailbox full"), None),
        (Verdict(Outcome.AMBIGUOUS, "no answer"), None),
        (Verdict(Outcome.PERMANENT, "no such user"), None),
        (ACCEPTED, None),
    ],
)
def test_an_account_rests_as_a_whole(house: House, verdict: Verdict, until: datetime | None) -> None:
    account = an_account(house, "OU1-1", "OU1-2")
    own_notices(house, 1)
    claimed = _claim(house)
    _begin(house, claimed)
    _settle(house, claimed, verdict)
    found = read_account(house, account)
    assert (found.paused_until, found.paused_reason) == (until, until and verdict.detail)
    a_notice(house, "OU1-2", [About("U1-2")])
    assert len(_claim(house, (until or MORNING + MINUTE) - SECOND)) == (until is None)
    # The one that was refused is due by then as well, unless it was settled for good.
    assert len(_claim(house, until or MORNING, token="b")) == (2 if until else 0)


def test_the_wait_for_a_provider_that_stays_out_of_reach_grows(house: House) -> None:
    account = an_account(house, "OU1-1")
    own_notices(house, 1)
    now, pauses = MORNING, []
    for _ in range(3):
        claimed = _claim(house, now)
        _begin(house, claimed, now)
        _settle(house, claimed, Verdict(Outcome.TEMPORARY, "not reached", is_account_down=True), now)
        until = read_account(house, account).paused_until
        assert until is not None
        pauses.append(until - now)
        now = until
    assert pauses == [MINUTE, 5 * MINUTE, 15 * MINUTE]


def test_a_pause_is_never_made_shorter(house: House) -> None:
    account = an_account(house, "OU1-1")
    _many_notices(house, 2)
    first, second = _claim(house)
    _begin(house, [first, second])
    _settle(house, [first], Verdict(Outcome.THROTTLED, "long", retry_after=30 * MINUTE))
    _settle(house, [second], Verdict(Outcome.THROTTLED, "short", retry_after=2 * MINUTE))
    found = read_account(house, account)
    assert (found.paused_until, found.paused_reason) == (MORNING + 30 * MINUTE, "long")


def test_what_was_claimed_before_its_account_came_to_rest_is_given_back_without_a_try(house: House) -> None:
    account = an_account(house, "OU1-1", rate=Rate(5, 60))
    notices = _many_notices(house, 3)
    first, *others = _claim(house)
    _begin(house, [first])
    _settle(house, [first], Verdict(Outcome.THROTTLED, "45009"))
    assert _begin(house, others) == frozenset()
    assert free_slots(house, account, MORNING) == 4
    given_back = [found for notice in notices for found in read_deliveries(house, notice) if found.attempts == 0]
    assert [found.status for found in given_back].count(DeliveryStatus.PLANNED) == 2
    assert sum(len(read_attempts(house, notice)) for notice in notices) == 1
    assert len(_claim(house, MORNING + MINUTE, token="b")) == 3


@pytest.mark.parametrize("now", [MORNING + LEASE, EVENING], ids=["lease over", "send window over"])
def test_what_may_not_go_any_more_is_given_back(house: House, now: datetime) -> None:
    (notice,) = own_notices(house, 1)
    assert _begin(house, _claim(house, now - LEASE + MINUTE if now == EVENING else MORNING), now) == frozenset()
    (delivery,) = read_deliveries(house, notice)
    assert (delivery.status, delivery.attempts, delivery.lease_token) == (DeliveryStatus.PLANNED, 0, None)


def test_what_was_begun_and_not_tried_counts_as_no_try(house: House) -> None:
    account = an_account(house, "OU1-1", rate=TWO_A_MINUTE)
    (notice,) = own_notices(house, 1)
    claimed = _claim(house)
    _begin(house, claimed)
    with transaction(house.engine) as session:
        take_back(session, "b", MORNING, _keys(claimed))
    assert read_deliveries(house, notice)[0].status is DeliveryStatus.SENDING, "it is another worker's"
    with transaction(house.engine) as session:
        take_back(session, "a", MORNING, _keys(claimed))
    (delivery,) = read_deliveries(house, notice)
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.PLANNED, 0)
    assert read_attempts(house, notice) == []
    assert free_slots(house, account, MORNING) == 2


def test_what_only_waits_for_its_turn_is_counted_with_the_instant_of_the_first(house: House) -> None:
    an_account(house, "OU1-1", rate=TWO_A_MINUTE)
    _many_notices(house, 5)
    assert _waiting(house, MORNING) == Waiting()
    claimed = _claim(house)
    _begin(house, claimed)
    _settle(house, claimed, now=MORNING + SECOND)
    assert _waiting(house, MORNING + SECOND) == Waiting(3, MORNING + SECOND + MINUTE)
    assert _waiting(house, EVENING) == Waiting()


def test_what_was_throttled_waits_for_its_turn_too_and_what_failed_does_not(house: House) -> None:
    an_account(house, "OU1-1")
    set_channel(house, "OU1-2", "folder://other")
    own_notices(house, 2)
    throttled, failed = _claim(house)
    assert throttled.account_id is None or failed.account_id is None
    if throttled.account_id is None:
        throttled, failed = failed, throttled
    _begin(house, [throttled, failed])
    _settle(house, [throttled], Verdict(Outcome.THROTTLED, "429", retry_after=2 * MINUTE))
    _settle(house, [failed], Verdict(Outcome.TEMPORARY, "later"))
    assert _waiting(house, MORNING) == Waiting(1, MORNING + 2 * MINUTE)
