"""From rules to days, and between local days and instants.

Days are counted on the campaign's calendar and converted to an instant once, at the end, so that a change of clocks
inside a window moves no deadline.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.calendars import Calendar
from config.definition.expressions import DueRule, Span
from config.vocabulary import DayUnit, DueAnchor

ONE_DAY = timedelta(days=1)
SMALLEST_STEP = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class WindowDays:
    """The local days of a window, both of them inside it."""

    first: date
    last: date


def count_from(day: date, offset: int, unit: DayUnit, calendar: Calendar) -> date:
    """Go forward or, with a negative offset, back from a day; an offset of 0 is the day itself.

    Raises Refusal when working days are counted past the range of the calendar.
    """
    if unit is DayUnit.WORKDAYS:
        return calendar.add_workdays(day, offset)
    return day + timedelta(days=offset)


def window_days(first: date, lasts: Span, calendar: Calendar) -> WindowDays:
    """Lay a window from its first day on.

    The first day counts as number one; with a span in working days it does so only when it is one itself.
    """
    return WindowDays(first, count_from(first - ONE_DAY, lasts.count, lasts.unit, calendar))


def shifted(days: WindowDays, joined: date, lasts: Span, calendar: Calendar) -> WindowDays:
    """Lay the window for a branch that joined on a day of its own: the whole length again where that is later.

    Never ends before the window's own last day.
    """
    if joined <= days.first:
        return days
    return WindowDays(joined, max(days.last, window_days(joined, lasts, calendar).last))


def rule_day(rule: DueRule, days: WindowDays, calendar: Calendar) -> date:
    """Read a due rule to the letter: the day that it names, even one outside the window.

    Counting after the opening starts with the day after it, counting before the close with the day before the last.
    """
    if rule.day is not None:
        return rule.day
    anchor = days.first if rule.anchor is DueAnchor.OPEN else days.last
    return count_from(anchor, rule.offset, rule.unit, calendar)


def due_day(rule: DueRule, days: WindowDays, calendar: Calendar) -> date:
    """Find the last allowed day of a task in a window.

    A day before the window (a date that a late opening or a late branch has overtaken, or a window that holidays have
    squeezed) gives way to the first day, and where the rule counts working days to the first working day.
    """
    day = rule_day(rule, days, calendar)
    if day >= days.first:
        return day
    counts_workdays = rule.day is None and rule.unit is DayUnit.WORKDAYS
    return calendar.workday_on_or_after(days.first) if counts_workdays else days.first


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Find the instant, in UTC, at which a local day begins."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Find the first instant, in UTC, after a local day: the deadline of work whose last allowed day it is."""
    return start_of(day + ONE_DAY, zone)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """Find the local day that an aware instant belongs to."""
    return instant.astimezone(zone).date()


def last_allowed_day(due_at: datetime, zone: ZoneInfo) -> date:
    """Find the day that people are shown for a deadline; undoes end_of."""
    return local_day(due_at.astimezone(UTC) - SMALLEST_STEP, zone)
