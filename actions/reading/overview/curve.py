"""Planned against actual, day by day: what was to be done by each day, and what was."""

from bisect import bisect_left
from collections import Counter as Tallies
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from actions.reading.overview.counts import BY_BRANCH, Count
from actions.reading.overview.ground import Ground
from config.vocabulary import AssignmentStatus, WindowStatus
from models.assignment import Assignment
from models.branch import Branch
from models.mark import DayMark, PartMark
from rules.deadlines import ONE_DAY, WindowDays, due_day, end_of, last_allowed_day

FEW = 20_000
"""So many assignments are read one by one, where no day marks are kept."""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The end of a day: how many assignments were to be done by then, and how many were; None where nobody knows."""

    day: date
    planned: int
    done: int | None


@dataclass(frozen=True, slots=True)
class Curve:
    """All days of a campaign, and how many assignments there will have been; those of windows ahead are a forecast."""

    today: date
    total: int
    points: tuple[CurvePoint, ...]


def read_curve(ground: Ground, counts: Sequence[Count], enrolled: Mapping[int, int]) -> Curve:
    """Lay the deadlines of the whole campaign out by day, beside what is done.

    What was done is read from the assignments where there are few, else from the marks that patrols left of the
    whole campaign and of its large parts; of the days before the first mark of a part nothing is known.
    """
    due = _due_by_day(ground, counts, enrolled)
    days = _days(ground, due)
    planned = dict(zip(days, accumulate(due[day] for day in days), strict=True))
    done = _done_by_day(ground, counts, [day for day in days if day <= ground.today])
    return Curve(ground.today, due.total(), tuple(CurvePoint(day, planned[day], done.get(day)) for day in days))


def _due_by_day(ground: Ground, counts: Sequence[Count], enrolled: Mapping[int, int]) -> Tallies[date]:
    """Count the assignments by their last allowed day, those of windows that have not opened by the rule."""
    zone, calendar = ground.rulebook.zone, ground.rulebook.calendar
    due: Tallies[date] = Tallies()
    for count in counts:
        due[last_allowed_day(count.due_at, zone)] += count.total - count.waived
    for place in ground.places:
        if place.window.status is WindowStatus.PLANNED:
            days = WindowDays(place.window.first_day, place.window.last_day)
            for task in ground.rulebook.definition.stage(place.stage.code).tasks:
                due[due_day(task.due, days, calendar)] += enrolled.get(place.wave.id, 0)
    return due


def _days(ground: Ground, due: Tallies[date]) -> list[date]:
    """List every day from the first opening to the last close, or deadline."""
    windows = [place.window for place in ground.places]
    first = min([window.first_day for window in windows] + list(due))
    last = max([window.last_day for window in windows] + list(due))
    return [first + ONE_DAY * number for number in range((last - first).days + 1)]


def _done_by_day(ground: Ground, counts: Sequence[Count], past: Sequence[date]) -> dict[date, int]:
    if not past:
        return {}
    if ground.is_whole:
        found = _marked(ground, past, DayMark)
    elif sum(count.total for count in counts) <= FEW:
        found = _counted(ground, past)
    elif ground.unit is not None and not ground.is_of_branches:
        found = _marked(ground, past, PartMark, col(PartMark.unit_id) == ground.unit.id)
    else:
        found = {}
    if past[-1] == ground.today:
        found[ground.today] = sum(count.done for count in counts)
    return found


def _marked(
    ground: Ground, past: Sequence[date], mark: type[DayMark | PartMark], *which: ColumnElement[bool]
) -> dict[date, int]:
    """Read what the patrols noted; a day without a patrol stands like the day before it."""
    noted = select(col(mark.day), col(mark.window_id), col(mark.done))
    marks: defaultdict[date, dict[int, int]] = defaultdict(dict)
    for day, window, done in ground.session.execute(
        noted.where(col(mark.window_id).in_(ground.window_ids), *which)
    ).tuples():
        marks[day][window] = done
    return dict(_carried(marks, past))


def _carried(marks: Mapping[date, Mapping[int, int]], past: Sequence[date]) -> Iterator[tuple[date, int]]:
    known: dict[int, int] = {}
    for day in past:
        known.update(marks.get(day, {}))
        if known:
            yield day, sum(known.values())


def _counted(ground: Ground, past: Sequence[date]) -> dict[date, int]:
    """Count by the instants at which each was done."""
    query = (
        select(col(Assignment.done_at))
        .with_hint(Assignment, BY_BRANCH, "sqlite")
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .where(
            ground.branches,
            col(Assignment.window_id).in_(ground.window_ids),
            col(Assignment.status) == AssignmentStatus.DONE,
        )
    )
    instants = sorted(instant for instant in ground.session.scalars(query) if instant is not None)
    return {day: bisect_left(instants, end_of(day, ground.rulebook.zone)) for day in past}
