"""What a run of the delivery did."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """How many messages were sent, will be tried again, wait for a person, are given up, and were called off.

    `waiting` is how many could go but for their turn: their account has sent what it may in its period,
    or is paused.
    """

    sent: int = 0
    failed: int = 0
    held: int = 0
    dead: int = 0
    cancelled: int = 0
    waiting: int = 0

    def __add__(self, other: Self) -> "DeliveryReport":
        return DeliveryReport(
            self.sent + other.sent,
            self.failed + other.failed,
            self.held + other.held,
            self.dead + other.dead,
            self.cancelled + other.cancelled,
            self.waiting + other.waiting,
        )


NOTHING = DeliveryReport()
