"""How a piece of work stands at an instant, in the words that people see."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from config.calendars import Calendar
from config.vocabulary import AssignmentStatus, Standing
from rules.deadlines import end_of, last_allowed_day, local_day

UPCOMING_WORKDAYS = 3


@dataclass(frozen=True, slots=True)
class DueBetween:
    """Deadlines later than `after`, up to and including `through`; what is None bounds nothing."""

    after: datetime | None
    through: datetime | None


def standing(status: AssignmentStatus, due_at: datetime, now: datetime, zone: ZoneInfo, calendar: Calendar) -> Standing:
    """Name the standing of an assignment.

    Overdue from the deadline's own instant on; due on the last allowed day; upcoming when at most three working days
    are left after today, which is the day of the rung `3 workdays before due`.
    """
    match status:
        case AssignmentStatus.DONE:
            return Standing.DONE
        case AssignmentStatus.WAIVED:
            return Standing.WAIVED
        case AssignmentStatus.OPEN:
            return _standing_open(due_at, now, zone, calendar)


def _standing_open(due_at: datetime, now: datetime, zone: ZoneInfo, calendar: Calendar) -> Standing:
    if now >= due_at:
        return Standing.OVERDUE
    today, last = local_day(now, zone), last_allowed_day(due_at, zone)
    if today == last:
        return Standing.DUE
    if calendar.count_workdays(after=today, through=last) <= UPCOMING_WORKDAYS:
        return Standing.UPCOMING
    return Standing.OPEN


def deadlines_of(standing: Standing, now: datetime, zone: ZoneInfo, calendar: Calendar) -> DueBetween:
    """Say between which deadlines open work has a standing: `standing` undone, so that a query can look for it.

    Settled work has its standing whatever its deadline.
    """
    today = local_day(now, zone)
    match standing:
        case Standing.OVERDUE:
            return DueBetween(None, now)
        case Standing.DUE:
            return DueBetween(now, end_of(today, zone))
        case Standing.UPCOMING:
            return DueBetween(end_of(today, zone), _last_upcoming(now, zone, calendar))
        case Standing.OPEN:
            return DueBetween(_last_upcoming(now, zone, calendar), None)
        case Standing.DONE | Standing.WAIVED:
            return DueBetween(None, None)


def _last_upcoming(now: datetime, zone: ZoneInfo, calendar: Calendar) -> datetime:
    """Find the last deadline that has at most so many working days before it."""
    first_beyond = calendar.add_workdays(local_day(now, zone), UPCOMING_WORKDAYS + 1)
    return end_of(first_beyond - timedelta(days=1), zone)
