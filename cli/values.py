"""Values as people type them. What cannot be read is a bad call, said in one line."""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal

import typer

from config.days import FIRST_YEAR, LAST_YEAR, find_day
from config.errors import Refusal
from rules.words import read_words

LONGEST_NUMBER = 9
NUMBER = re.compile(r"[+-]?[0-9]{1,24}(\.[0-9]{1,12})?")
SEPARATORS = re.compile(r"[\s,;]+")


def parse_instant(text: str | datetime) -> datetime:
    """Read an instant in ISO 8601 with a zone and return it in UTC; one without a zone is a bad call."""
    if isinstance(text, datetime):
        return text
    import pendulum
    from pendulum.parsing.exceptions import ParserError

    instant: object = None
    with suppress(ParserError, ValueError):
        instant = None if text == "now" else pendulum.parse(text, tz=None, exact=True)
    if isinstance(instant, date) and not isinstance(instant, datetime):
        raise typer.BadParameter(f'"{text}" is a day, not an instant; write it like {text}T00:00+08:00')
    if not isinstance(instant, datetime):
        raise typer.BadParameter(f'"{text}" is not an instant; write it like 2009-09-30T18:00+08:00')
    if instant.tzinfo is None:
        raise typer.BadParameter(f'"{text}" has no zone; add one, such as {text}+08:00, or {text}Z for UTC')
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise typer.BadParameter(f'"{text}" is not between the years {FIRST_YEAR} and {LAST_YEAR}')
    return datetime.fromisoformat(instant.isoformat()).astimezone(UTC)


def parse_day(text: str | date) -> date:
    """Read a day such as 2009-12-18, in any of the forms of `config.days`."""
    if isinstance(text, date):
        return text
    day = find_day(text)
    if day is None:
        raise typer.BadParameter(
            f'"{text}" is not a day between {FIRST_YEAR} and {LAST_YEAR}; write it like 2009-12-18'
        )
    return day


def parse_moment(text: str | date) -> date:
    """Read a day, or an instant as `parse_instant` does, which comes back as a datetime in UTC."""
    if isinstance(text, date):
        return text
    return parse_instant(text) if "T" in text else parse_day(text)


def parse_number(text: str | int) -> int:
    """Read a whole number from 1 on, as things are numbered."""
    said = str(text)
    if not (said.isascii() and said.isdigit() and len(said) <= LONGEST_NUMBER and int(said) > 0):
        raise typer.BadParameter(f'"{text}" is not a number from 1 on')
    return int(said)


def parse_figures(given: Iterable[str]) -> dict[str, Decimal]:
    """Read figures as CODE=NUMBER, several of them apart or in one text."""
    figures: dict[str, Decimal] = {}
    for part in (part for text in given for part in SEPARATORS.split(text) if part):
        code, sign, number = part.partition("=")
        if not (code and sign and NUMBER.fullmatch(number)):
            raise typer.BadParameter(f'"{part}" is not a figure; write it like members=12')
        if code in figures:
            raise typer.BadParameter(f"{code} is given twice")
        figures[code] = Decimal(number)
    return figures


def parse_columns(given: Iterable[str]) -> dict[str, str]:
    """Read what an entry says as COLUMN=VALUE; the value may have anything in it."""
    said: dict[str, str] = {}
    for part in given:
        column, sign, value = part.partition("=")
        if not (column and sign):
            raise typer.BadParameter(f'"{part}" is not a column with its value; write it like persons=3')
        if column in said:
            raise typer.BadParameter(f"{column} is given twice")
        said[column.strip()] = value
    return said


def parse_zone(text: str) -> str:
    """Read the name of a time zone."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(text).key
    except (KeyError, OSError, ValueError):
        raise typer.BadParameter(f'"{text}" is not a time zone; write it like Asia/Shanghai') from None


def words(longest: int) -> Callable[[str], str]:
    """Make a reader of text that says something and has at most `longest` characters."""

    def parse_words(text: str) -> str:
        try:
            return read_words(text, longest)
        except Refusal as refusal:
            raise typer.BadParameter(str(refusal)) from None

    return parse_words
