"""How a piece of work stands at an instant, in the words that people see."""

from datetime import datetime
from zoneinfo import ZoneInfo

from config.calendars import Calendar
from config.vocabulary import AssignmentStatus, Standing
from rules.deadlines import last_allowed_day, local_day

UPCOMING_WORKDAYS = 3


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
