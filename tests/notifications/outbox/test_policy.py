"""What follows from a verdict, as a table."""

from datetime import timedelta

import pytest

from config.vocabulary import DeliveryStatus, OnDoubt, Outcome
from notifications.channels.message import Verdict
from notifications.outbox.policy import MOST_CRASHES, WAITS, next_step, step_after_crash
from tests.factories import at

NOW = at("2009-09-16 09:00")
MINUTE = timedelta(minutes=1)
REPEAT, HOLD = OnDoubt.REPEAT, OnDoubt.HOLD


@pytest.mark.parametrize(
    ("outcome", "retry_after", "tries", "on_doubt", "status", "wait", "counts"),
    [
        (Outcome.ACCEPTED, None, 1, REPEAT, DeliveryStatus.SENT, None, True),
        (Outcome.PERMANENT, None, 1, REPEAT, DeliveryStatus.DEAD, None, True),
        (Outcome.TEMPORARY, None, 1, HOLD, DeliveryStatus.FAILED, 1 * MINUTE, True),
        (Outcome.TEMPORARY, None, 2, HOLD, DeliveryStatus.FAILED, 5 * MINUTE, True),
        (Outcome.TEMPORARY, None, 5, HOLD, DeliveryStatus.FAILED, 240 * MINUTE, True),
        (Outcome.TEMPORARY, None, 6, HOLD, DeliveryStatus.DEAD, None, True),
        (Outcome.TEMPORARY, 7 * MINUTE, 1, REPEAT, DeliveryStatus.FAILED, 7 * MINUTE, True),
        (Outcome.TEMPORARY, 1 * MINUTE, 3, REPEAT, DeliveryStatus.FAILED, 15 * MINUTE, True),
        (Outcome.THROTTLED, 30 * MINUTE, 1, REPEAT, DeliveryStatus.FAILED, 30 * MINUTE, False),
        (Outcome.THROTTLED, None, 99, REPEAT, DeliveryStatus.FAILED, 1 * MINUTE, False),
        (Outcome.THROTTLED, timedelta(0), 1, REPEAT, DeliveryStatus.FAILED, MINUTE / 60, False),
        (Outcome.AMBIGUOUS, None, 1, HOLD, DeliveryStatus.HELD, None, True),
        (Outcome.AMBIGUOUS, None, 1, REPEAT, DeliveryStatus.UNKNOWN, 1 * MINUTE, True),
        (Outcome.AMBIGUOUS, None, 6, REPEAT, DeliveryStatus.DEAD, None, True),
    ],
)
def test_next_step(
    outcome: Outcome,
    retry_after: timedelta | None,
    tries: int,
    on_doubt: OnDoubt,
    status: DeliveryStatus,
    wait: timedelta | None,
    counts: bool,
) -> None:
    step = next_step(Verdict(outcome, "", None, retry_after), tries, on_doubt=on_doubt, now=NOW)
    assert step.status is status
    assert step.not_before == (None if wait is None else NOW + wait)
    assert step.counts is counts


@pytest.mark.parametrize(
    ("tries", "on_doubt", "status"),
    [
        (1, REPEAT, DeliveryStatus.UNKNOWN),
        (MOST_CRASHES - 1, REPEAT, DeliveryStatus.UNKNOWN),
        (MOST_CRASHES, REPEAT, DeliveryStatus.DEAD),
        (1, HOLD, DeliveryStatus.HELD),
    ],
)
def test_step_after_crash(tries: int, on_doubt: OnDoubt, status: DeliveryStatus) -> None:
    step = step_after_crash(tries, on_doubt=on_doubt, now=NOW)
    assert step.status is status
    assert step.not_before == (NOW if status is DeliveryStatus.UNKNOWN else None)
    assert step.counts is (status is not DeliveryStatus.UNKNOWN)


def test_waits_grow() -> None:
    assert list(WAITS) == sorted(set(WAITS))
