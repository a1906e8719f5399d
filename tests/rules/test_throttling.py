"""How long whoever got a password wrong has to wait."""

from datetime import UTC, datetime, timedelta

import pytest

from rules.throttling import FOR_ADDRESS, FOR_LOGIN, Failures, Patience, next_try_at

LAST = datetime(2009, 9, 15, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("patience", "failures", "seconds"),
    [
        (FOR_LOGIN, 1, None),
        (FOR_LOGIN, 4, None),
        (FOR_LOGIN, 5, 30),
        (FOR_LOGIN, 6, 60),
        (FOR_LOGIN, 9, 480),
        (FOR_LOGIN, 10, 900),
        (FOR_LOGIN, 100_000, 900),
        (FOR_ADDRESS, 49, None),
        (FOR_ADDRESS, 50, 30),
        (FOR_ADDRESS, 52, 120),
    ],
)
def test_the_wait_grows_with_the_failures_up_to_the_longest(
    patience: Patience, failures: int, seconds: int | None
) -> None:
    expected = None if seconds is None else LAST + timedelta(seconds=seconds)
    assert next_try_at(Failures(failures, LAST), patience) == expected


def test_without_a_failure_nobody_waits() -> None:
    assert next_try_at(Failures(0), FOR_LOGIN) is None
