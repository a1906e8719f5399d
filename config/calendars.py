"""Working days of a country: make-up working days included, and an operator's own days on top."""

import re
import warnings
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from config.errors import Refusal
from config.own_days import read_own_days

CALENDAR_CODE = r"[A-Z]{2}(-[A-Z0-9]{1,3})?"
_FIRST_YEAR, _LAST_YEAR = 2000, 2049


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The working days of a country from `first` through `last`, found by bisection in a sorted table.

    `working` holds them as proleptic ordinals. `confirmed_through` is the last day for which the country's make-up
    working days are known, None where it has none. Every method refuses a day outside the range. Two calendars are
    equal only when they are one object, so that a calendar is a cheap key of a cache.
    """

    code: str
    working: tuple[int, ...]
    first: date
    last: date
    confirmed_through: date | None

    def is_workday(self, day: date) -> bool:
        """Tell whether people work on this day."""
        place = bisect_left(self.working, self._ordinal(day))
        return place < len(self.working) and self.working[place] == day.toordinal()

    def add_workdays(self, day: date, count: int) -> date:
        """Give the count-th working day after `day`, before it where `count` is negative, and `day` itself for 0."""
        ordinal = self._ordinal(day)
        if count == 0:
            return day
        if count > 0:
            return self._working_day(bisect_right(self.working, ordinal) + count - 1, day)
        return self._working_day(bisect_left(self.working, ordinal) + count, day)

    def count_workdays(self, after: date, through: date) -> int:
        """Count the working days later than `after` up to and including `through`; 0 when there is no such day."""
        passed = bisect_right(self.working, self._ordinal(after))
        return max(0, bisect_right(self.working, self._ordinal(through)) - passed)

    def next_workday(self, day: date) -> date:
        """Give the first working day strictly after `day`."""
        return self.add_workdays(day, 1)

    def workday_on_or_after(self, day: date) -> date:
        """Give `day` when people work on it, else the first working day after it."""
        return self._working_day(bisect_left(self.working, self._ordinal(day)), day)

    def is_confirmed(self, day: date) -> bool:
        """Tell whether the make-up working days around this day are known."""
        return self.confirmed_through is None or day <= self.confirmed_through

    def _ordinal(self, day: date) -> int:
        if not self.first <= day <= self.last:
            raise self._out_of_range(day)
        return day.toordinal()

    def _working_day(self, place: int, counted_from: date) -> date:
        if not 0 <= place < len(self.working):
            raise self._out_of_range(counted_from)
        return date.fromordinal(self.working[place])

    def _out_of_range(self, day: date) -> Refusal:
        return Refusal(
            "calendar {calendar} reaches from {first} to {last}; counting from {day} leaves it",
            calendar=self.code,
            first=self.first,
            last=self.last,
            day=day,
        )


def load_calendar(code: str, own_days: Path | None = None) -> Calendar:
    """Load the calendar of a country (`CN`) or a part of it (`DE-BY`), with an operator's own days on top.

    `own_days` is the folder of the operator's files, one CODE.yaml for each calendar; neither the folder nor a file in
    it need exist. Made once, and again when the file has changed. Refusal for an unknown code and for a file with
    faults.
    """
    country = _country_calendar(code)
    if own_days is None:
        return country
    file = own_days / f"{code}.yaml"
    try:
        changed_ns = file.stat().st_mtime_ns
    except (FileNotFoundError, NotADirectoryError):
        return country
    except OSError as error:
        raise Refusal("{file}: cannot be read: {reason}", file=file, reason=error.strerror) from None
    return _own_calendar(code, file, changed_ns)


@lru_cache(maxsize=64)
def _own_calendar(code: str, file: Path, _changed_ns: int) -> Calendar:
    country = _country_calendar(code)
    own = read_own_days(file, country.first, country.last)
    working = {*country.working, *(day.toordinal() for day in own.working)}
    working.difference_update(day.toordinal() for day in own.off)
    confirmed = own.confirmed_through or country.confirmed_through
    return Calendar(code, tuple(sorted(working)), country.first, country.last, confirmed)


@lru_cache(maxsize=64)
def _country_calendar(code: str) -> Calendar:
    # Takes a fifth of a second to import: only those who count days wait for it.
    import holidays

    if not re.fullmatch(CALENDAR_CODE, code):
        raise _unknown(code)
    country, _, part = code.partition("-")
    try:
        known = holidays.country_holidays(country, subdiv=part or None)
    except NotImplementedError:
        raise _unknown(code) from None
    years = range(max(_FIRST_YEAR, known.start_year), min(_LAST_YEAR, known.end_year) + 1)
    with warnings.catch_warnings():
        # Some countries' lunar holidays are known for fewer years; their statutory days still count.
        warnings.simplefilter("ignore")
        known = holidays.country_holidays(country, subdiv=part or None, years=years)
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    days = map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
    working = tuple(day.toordinal() for day in days if known.is_working_day(day))
    make_up = max(known.weekend_workdays, default=None)
    return Calendar(code, working, first, last, make_up and date(make_up.year, 12, 31))


def _unknown(code: str) -> Refusal:
    return Refusal(
        'unknown calendar "{code}"; write the two letters of a country, like CN, or of a part, like DE-BY', code=code
    )
