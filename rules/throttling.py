"""How long whoever got a password wrong has to wait before the next try."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Patience:
    """How many tries may go wrong before anybody waits, how the waits grow, and how long a failure counts."""

    free: int
    first: timedelta
    longest: timedelta
    counts_for: timedelta


FOR_LOGIN = Patience(free=5, first=timedelta(seconds=30), longest=timedelta(minutes=15), counts_for=timedelta(hours=24))
"""At most about a hundred tries a day at one login, wherever they come from."""

FOR_ADDRESS = Patience(
    free=50, first=timedelta(seconds=30), longest=timedelta(minutes=15), counts_for=timedelta(hours=1)
)
"""Wider: a whole office may come from one address."""


@dataclass(frozen=True, slots=True)
class Failures:
    """What went wrong in the time that counts: how often, and when last."""

    count: int
    last: datetime | None = None


def next_try_at(failures: Failures, patience: Patience) -> datetime | None:
    """Return the instant from which on the next try is let through; None where none has to wait.

    Each failure past the free ones doubles the wait since the last.
    """
    if failures.last is None or failures.count < patience.free:
        return None
    doublings = min(failures.count - patience.free, patience.longest // patience.first)  # more make no difference
    wait: timedelta = min(patience.first * 2**doublings, patience.longest)
    return failures.last + wait
