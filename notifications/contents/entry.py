"""One piece of the reader's own work."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of the reader's own work, with its last allowed day.

    `days_late` counts from that day: 0 on the day itself, negative while there is time. `number` is
    that of a problem, None for a task. `in_place_of` names the officer whom the reader stands in for.
    """

    branch: str
    title: str
    last_day: date
    days_late: int
    number: int | None = None
    in_place_of: str | None = None

    @property
    def is_late(self) -> bool:
        """Whether the last allowed day is over."""
        return self.days_late > 0
