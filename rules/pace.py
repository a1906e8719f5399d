"""The pace that the calendar asks of a study window, and who is behind it."""

from datetime import date
from fractions import Fraction

from config.calendars import Calendar
from rules.deadlines import ONE_DAY, WindowDays


def check_day(days: WindowDays, calendar: Calendar) -> date:
    """Find the day of the mid-stage check: the middle working day, the earlier one of two.

    A window without a working day is checked on its last day.
    """
    before = days.first - ONE_DAY
    workdays = calendar.count_workdays(after=before, through=days.last)
    return calendar.add_workdays(before, (workdays + 1) // 2) if workdays else days.last


def asked_share(days: WindowDays, today: date, calendar: Calendar) -> Fraction:
    """Give the share of a window's working days that have passed, today included: from 0 before it to 1 at its end."""
    if today >= days.last:
        return Fraction(1)
    if today < days.first:
        return Fraction(0)
    before = days.first - ONE_DAY
    workdays = calendar.count_workdays(after=before, through=days.last)
    return Fraction(calendar.count_workdays(after=before, through=today), workdays) if workdays else Fraction(0)


def is_behind(done: int, total: int, asked: Fraction) -> bool:
    """Tell whether less is done than the asked share of the total; of nothing, nothing is asked."""
    return done < asked * total
