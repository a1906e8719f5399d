"""The city campaign of 2009, played to the day of its report."""

from datetime import UTC, datetime

from actions.house import House
from simulation.demo import demonstrate

CODE = "baoding-2009"
REPORTED_AT = datetime(2010, 1, 25, 1, tzinfo=UTC)
"""The morning of 25 January 2010 in 保定, when every window has closed."""


def play_baoding(house: House) -> tuple[str, bool]:
    """Play it unless it is there, as `demonstrate` does; return its code and whether it was played."""
    days = 0

    def count(_: object) -> None:
        nonlocal days
        days += 1

    demonstrate(house, CODE, until=REPORTED_AT, watch=count)
    return CODE, days > 0
