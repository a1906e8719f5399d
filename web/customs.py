"""Write days, instants, numbers and shares by the customs of a language."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_interval, format_skeleton
from babel.numbers import format_decimal, format_percent

from config.translation import BABEL
from config.vocabulary import Language


def say_instant(moment: datetime, zone: ZoneInfo, language: Language) -> str:
    """Say an instant in a zone, without naming the zone."""
    return str(format_datetime(moment.astimezone(zone), "medium", locale=BABEL[language]))


def say_day(day: date, language: Language) -> str:
    """Say a day with its year."""
    return str(format_date(day, "medium", locale=BABEL[language]))


def say_days(first: date, last: date, language: Language) -> str:
    """Say from which day to which, with the year; what both have in common is said once."""
    return str(format_interval(first, last, "yMMMd", locale=BABEL[language]))


def say_short_day(day: date, language: Language) -> str:
    """Say a day without its year."""
    return str(format_skeleton("MMMd", day, locale=BABEL[language]))


def say_number(value: int | Decimal, language: Language) -> str:
    """Say a number in groups of three, with all its decimals."""
    return str(format_decimal(value, locale=BABEL[language], decimal_quantization=False))


def say_share(share: float | None, language: Language) -> str:
    """Say a share of 0 to 1 in percent; a dash where nothing counts."""
    return "–" if share is None else str(format_percent(share, "#,##0.#%", locale=BABEL[language]))
