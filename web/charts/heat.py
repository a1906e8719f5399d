"""Units as a heat map: by which figure, in which order, and how warm each cell is."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from math import floor

from actions.reading.overview.units import PartState
from rules.progress import Tally, completeness, timeliness

STEPS = 10

Share = Callable[[Tally], float | None]


class Shown(StrEnum):
    """Which of the two figures a heat map shows."""

    COMPLETENESS = "completeness"
    TIMELINESS = "timeliness"


SHARES: Mapping[Shown, Share] = {Shown.COMPLETENESS: completeness, Shown.TIMELINESS: timeliness}


def heat(share: float | None) -> str:
    """Name the class of a cell, by whole tenths: 99.9 % is not yet all."""
    return "heat-none" if share is None else f"heat-{floor(share * STEPS)}"


def worst_first(parts: Sequence[PartState], share: Share) -> list[PartState]:
    """Put units in order by a figure, the lowest first; those of which it says nothing last."""

    def place(state: PartState) -> tuple[bool, float, str]:
        found = share(state.tally)
        return found is None, found or 0.0, state.part.unit

    return sorted(parts, key=place)
