"""What follows from a verdict, as a table."""

from datetime import timedelta

import pytest

from config.vocabulary import DeliveryStatus, Outcome
from notifications.channels.message import Verdict
from notifications.outbox.policy import MOST_CRASHES, WAITS, next_step, step_after_crash
from tests.factories import at

NOW = at("2009-09-16 09:00")
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("outcome", "retry_after", "tries", "repeatable", "status", "wait", "counts"),
    [
        (Outcome.ACCEPTED, None, 1, True, DeliveryStatus.SENT, None, True),
        (Outcome.PERMANENT, None, 1, True, DeliveryStatus.DEAD, None, True),
        (Outcome.TEMPORARY, None, 1, False, DeliveryStatus.FAILED, 1 * MINUTE, True),
        (Outcome.TEMPORARY, None, 2, False, DeliveryStatus.FAILED, 5 * MINUTE, True),
        (Outcome.TEMPORARY, None, 5, False, DeliveryStatus.FAILED, 240 * MINUTE, True),
        (Outcome.TEMPORARY, None, 6, False, DeliveryStatus.DEAD, None, True),
        (Outcome.TEMPORARY, 7 * MINUTE, 1, True, DeliveryStatus.FAILED, 7 * MINUTE, True),
        (Outcome.TEMPORARY, 1 * MINUTE, 3, True, DeliveryStatus.FAILED, 15 * MINUTE, True),
        (Outcome.THROTTLED, 30 * MINUTE, 1, True, DeliveryStatus.FAILED, 30 * MINUTE, False),
        (Outcome.THROTTLED, None, 99, True, DeliveryStatus.FAILED, 1 * MINUTE, False),
        (Outcome.THROTTLED, timedelta(0), 1, True, DeliveryStatus.FAILED, MINUTE / 60, False),
        (Outcome.AMBIGUOUS, None, 1, False, DeliveryStatus.HELD, None, True),
        (Outcome.AMBIGUOUS, None, 1, True, DeliveryStatus.UNKNOWN, 1 * MINUTE, True),
        (Outcome.AMBIGUOUS, None, 6, True, DeliveryStatus.DEAD, None, True),
    ],
)
def test_next_step(
    outcome: Outcome,
    retry_after: timedelta | None,
    tries: int,
    repeatable: bool,
    status: DeliveryStatus,
    wait: timedelta | None,
    counts: bool,
) -> None:
    step = next_step(Verdict(outcome, "", None, retry_after), tries, repeatable=repeatable, now=NOW)
    assert step.status is status
    assert step.not_before == (None if wait is None else NOW + wait)
    assert step.counts is counts


@pytest.mark.parametrize(
    ("tries", "repeatable", "status"),
    [
        (1, True, DeliveryStatus.UNKNOWN),
        (MOST_CRASHES - 1, True, DeliveryStatus.UNKNOWN),
        (MOST_CRASHES, True, DeliveryStatus.DEAD),
        (1, False, DeliveryStatus.HELD),
    ],
)
def test_step_after_crash(tries: int, repeatable: bool, status: DeliveryStatus) -> None:
    step = step_after_crash(tries, repeatable=repeatable, now=NOW)
    assert step.status is status
    assert step.not_before == (NOW if status is DeliveryStatus.UNKNOWN else None)
    assert step.counts is (status is not DeliveryStatus.UNKNOWN)


def test_waits_grow() -> None:
    assert list(WAITS) == sorted(set(WAITS))
