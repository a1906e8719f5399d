"""What an outcome means for a delivery: whether and when it is tried again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from config.vocabulary import DeliveryStatus, OnDoubt, Outcome
from notifications.channels.message import Verdict

LEASE = timedelta(minutes=5)
"""How long one worker may keep a delivery; longer than any call to a provider takes."""

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
)
"""How long to wait after each failed try; after one more the delivery is dead."""

MOST_CRASHES = 30
"""How many tries a delivery may take in all before a worker that dies over it is blamed on the message."""

THROTTLED_WAIT = timedelta(minutes=1)
SHORTEST_WAIT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Step:
    """The state a delivery moves to, when it may be tried again, and whether the try counts toward giving up."""

    status: DeliveryStatus
    not_before: datetime | None = None
    counts: bool = True


def next_step(verdict: Verdict, tries: int, *, on_doubt: OnDoubt, now: datetime) -> Step:
    """Decide what follows from the verdict on a try; `tries` counts it."""
    match verdict.outcome:
        case Outcome.ACCEPTED:
            return Step(DeliveryStatus.SENT)
        case Outcome.PERMANENT:
            return Step(DeliveryStatus.DEAD)
        case Outcome.THROTTLED:
            asked = THROTTLED_WAIT if verdict.retry_after is None else verdict.retry_after
            wait = max(asked, SHORTEST_WAIT)
            return Step(DeliveryStatus.FAILED, now + wait, counts=False)
        case Outcome.AMBIGUOUS if on_doubt is OnDoubt.HOLD:
            return Step(DeliveryStatus.HELD)
        case Outcome.AMBIGUOUS:
            return _again(DeliveryStatus.UNKNOWN, verdict, tries, now)
        case Outcome.TEMPORARY:
            return _again(DeliveryStatus.FAILED, verdict, tries, now)


def makes_rest(verdict: Verdict) -> bool:
    """Tell whether the whole account rests after a verdict: it is throttled, or out of reach."""
    return verdict.outcome is Outcome.THROTTLED or verdict.is_account_down


def pause_after(verdict: Verdict, step: Step, now: datetime) -> datetime | None:
    """Decide until when the whole account rests: throttled as long as it asks, out of reach as long as the message."""
    return (step.not_before or now + THROTTLED_WAIT) if makes_rest(verdict) else None


def step_after_crash(tries: int, *, on_doubt: OnDoubt, now: datetime) -> Step:
    """Decide what follows when the worker died while sending; `tries` counts all there ever were.

    The message may have arrived. It has waited out its lease, so it need not wait again, and a worker's
    end is not held against it: a whole batch shares it.
    """
    if on_doubt is OnDoubt.HOLD:
        return Step(DeliveryStatus.HELD)
    if tries >= MOST_CRASHES:
        return Step(DeliveryStatus.DEAD)
    return Step(DeliveryStatus.UNKNOWN, now, counts=False)


def _again(status: DeliveryStatus, verdict: Verdict, tries: int, now: datetime) -> Step:
    if tries > len(WAITS):
        return Step(DeliveryStatus.DEAD)
    return Step(status, now + max(WAITS[tries - 1], verdict.retry_after or SHORTEST_WAIT))
