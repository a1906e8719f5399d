"""Stages that come again, each month, quarter or year: on which days, and what is different at one time."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from config.definition.expressions import Opening, Span
from config.definition.gates import GateSpec
from config.definition.part import Part
from config.definition.text import Text
from config.definition.values import Code
from config.errors import WrongValue
from config.vocabulary import Period

MOST_TIMES = 12
LONGEST_REPEATED = 38
"""How long the code of a stage may be that gets its number behind it."""
NUMBER = "{number}"
"""What stands in a title for the number of the time."""
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}

TimeNumber = Annotated[int, Field(ge=1, le=MOST_TIMES)]


class TimeSpec(Part):
    """What is different at one time of a stage that repeats; what is not said here is as at all others."""

    time: TimeNumber
    """Which time, counted from 1."""
    title: Text | None = None
    """Its name."""
    opens: Opening | None = None
    """When it opens, where the day worked out is a holiday for example."""
    lasts: Span | None = None
    """How long it lasts."""
    guidance: Text | None = None
    """What it is about."""
    check_points: tuple[Text, ...] | None = None
    """What a visiting group looks at."""
    gate: GateSpec | None = None
    """What must be true for its windows to close."""


class RepeatSpec(Part):
    """How often a stage comes, and how far apart."""

    every: Period
    """How far apart: by the calendar, from the day on which it opens first."""
    times: Annotated[int, Field(ge=2, le=MOST_TIMES)]
    """How often in all."""
    but: tuple[TimeSpec, ...] = ()
    """What is different at single times."""

    @model_validator(mode="after")
    def _name_times_that_come(self) -> Self:
        named = [time.time for time in self.but]
        for position, number in enumerate(named):
            if number > self.times:
                raise WrongValue(
                    "but: there is no time {number}; it comes {times} times", number=number, times=self.times
                )
            if number in named[:position]:
                raise WrongValue("but: time {number} stands there twice", number=number)
        return self

    @property
    def gates(self) -> tuple[GateSpec, ...]:
        """The gates of single times."""
        return tuple(time.gate for time in self.but if time.gate is not None)

    def opening(self, first: date, number: int) -> date:
        """Return the day on which a time opens by the calendar, when the first opens on `first`."""
        return _months_after(first, _MONTHS[self.every] * (number - 1))

    def period(self, first: date, number: int, follows: str | None) -> "PeriodSpec":
        """Return the days that a time speaks of: those of the whole period before the one in which it opens."""
        months = _MONTHS[self.every]
        opens = self.opening(first, number)
        begun = opens.replace(month=(opens.month - 1) // months * months + 1, day=1)
        return PeriodSpec(since=_months_after(begun, -months), until=begun - timedelta(days=1), follows=follows)

    def said_of(self, number: int) -> dict[str, Any]:
        """Return what is different at a time, by the keys of the stage."""
        return {
            key: value
            for time in self.but
            if time.time == number
            for key, value in time
            if key != "time" and value is not None
        }


class PeriodSpec(Part):
    """The days that the figures of a stage speak of."""

    since: date
    """The first of them."""
    until: date
    """The last of them."""
    follows: Code | None = None
    """The stage that asked for the figures of the period before."""

    @model_validator(mode="after")
    def _end_after_start(self) -> Self:
        if self.since > self.until:
            raise WrongValue("since {since} is after until {until}", since=self.since, until=self.until)
        return self


def numbered(title: Text, number: int) -> Text:
    """Put the number of a time into a title, where it has a place for it; in Chinese as a Chinese numeral."""
    zh, en = title.zh, title.en
    return Text(
        zh=zh.replace(NUMBER, _NUMERALS[number - 1]) if zh else None, en=en.replace(NUMBER, str(number)) if en else None
    )


def _months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
