"""The words of campaign files: figures, rules, days and periods."""

from enum import StrEnum


class FigureKind(StrEnum):
    """A count is a whole number, an amount has two decimals."""

    COUNT = "count"
    AMOUNT = "amount"


class FigureOrigin(StrEnum):
    """Where the value that a form proposes comes from, when no measure gives it."""

    LAST = "last"


class Relation(StrEnum):
    """What a rule says of figures."""

    EQUALS = "="
    AT_MOST = "<="
    AT_LEAST = ">="
    NEVER_FALLS = "never falls"


class Period(StrEnum):
    """How far apart the times of a stage that repeats are."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class DayUnit(StrEnum):
    DAYS = "days"
    WORKDAYS = "workdays"


class DueAnchor(StrEnum):
    OPEN = "open"
    CLOSE = "close"
    DATE = "date"


class OpeningAnchor(StrEnum):
    WAVE = "wave"
    STAGE = "stage"
    DATE = "date"


class SendDays(StrEnum):
    """The days on which reminders may go out."""

    WORKING = "working"
    EVERY = "every"
