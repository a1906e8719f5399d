"""Completeness and timeliness: two figures that are never mixed."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of assignments as they are recorded, held against one instant; they add.

    total: all of them. done: answered. in_time: answered before their deadline. waived: let off, in no other count
    but total. due: not waived, deadline at or before the instant. due_done, due_in_time: those of due that are done,
    and that are in in_time.
    """

    total: int = 0
    done: int = 0
    in_time: int = 0
    waived: int = 0
    due: int = 0
    due_done: int = 0
    due_in_time: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))


def completeness(tally: Tally) -> float | None:
    """Give the share done as a fraction; None when nothing counts. Waived assignments do not."""
    return _share(tally.done, tally.total - tally.waived)


def timeliness(tally: Tally) -> float | None:
    """Give the share done in time of what was due by now as a fraction; None when nothing was."""
    return _share(tally.due_in_time, tally.due)


def overdue(tally: Tally) -> int:
    """Count the assignments still open at or past their deadline."""
    return tally.due - tally.due_done


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
