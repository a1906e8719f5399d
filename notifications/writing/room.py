"""How much a message may list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Room:
    """The most rows of each kind that are listed, and the most characters of a paragraph of guidance.

    `branches` is for each unit, `points` for each list of an announcement.
    """

    own: int = 30
    units: int = 40
    branches: int = 10
    points: int = 20
    characters: int = 1_000


ROOMS = (
    Room(),
    Room(own=20, units=25, branches=6, points=15, characters=500),
    Room(own=12, units=15, branches=4, points=10, characters=300),
    Room(own=8, units=10, branches=2, points=8, characters=200),
    Room(own=5, units=6, branches=1, points=5, characters=120),
    Room(own=3, units=3, branches=1, points=3, characters=60),
    Room(own=1, units=1, branches=1, points=1, characters=30),
)
"""From what is comfortable to read down to hardly anything."""


def shorten(rows: Sequence[Row], most: int) -> Sequence[Row]:
    """Take the first rows; one more than fits is shown rather than counted."""
    return rows if len(rows) <= most + 1 else rows[:most]
