"""A clock that all processes of a run share, and that goes fast: a lease is over within seconds."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from tests.notifications.factories import MORNING

SPEED = 30
"""A lease of five minutes is ten seconds: far longer than a busy machine holds a process up."""


@dataclass(frozen=True, slots=True)
class FastClock:
    """Time since the morning on which the run began; the machine's own monotonic clock is one for all processes."""

    speed: float = SPEED
    began: float = field(default_factory=monotonic)

    def __call__(self) -> datetime:
        return MORNING + timedelta(seconds=(monotonic() - self.began) * self.speed)
