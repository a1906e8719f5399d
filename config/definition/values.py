"""The single values of a campaign file: codes, shares, times of day and time zones."""

import re
from datetime import time
from decimal import Decimal
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, StringConstraints, WithJsonSchema

from config.definition.expressions import CODE
from config.errors import WrongValue

_SHARE = re.compile(r"(?P<percent>[0-9]{1,9}(?:\.[0-9]{1,6})?) ?%|(?P<fraction>[0-9]{1,9}(?:\.[0-9]{1,8})?)")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


def parse_share(value: Any) -> Decimal:
    """Read `95%` or `0.95` as a fraction from 0 to 1; raise WrongValue for anything else, over 100 % included."""
    match = _SHARE.fullmatch(str(value).strip())
    if match is None:
        raise WrongValue('cannot read "{value}"; write it like "95%" or "0.95"', value=value)
    share = Decimal(match["percent"]).scaleb(-2) if match["percent"] else Decimal(match["fraction"])
    if share > 1:
        raise WrongValue("{value} is more than 100%", value=value)
    return share


def print_share(share: Decimal) -> str:
    """Print a fraction as a percentage that parses back to it: `95%`, `66.7%`."""
    return f"{share.scaleb(2).normalize():f}%"


def parse_clock(value: Any) -> time:
    """Read a time of day such as `08:30`; raise WrongValue for anything else, bare numbers included."""
    if isinstance(value, time):
        return value
    match = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise WrongValue('cannot read "{value}"; write a time of day like "08:30"', value=value)
    return time(int(match[1]), int(match[2]))


def print_clock(clock: time) -> str:
    """Print a time of day to the minute: `08:30`."""
    return f"{clock:%H:%M}"


def check_timezone(name: str) -> str:
    """Give back the name of a time zone; raise WrongValue when this machine knows none of that name."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise WrongValue(
            'unknown time zone "{name}"; write one like "Asia/Shanghai" or "Europe/Berlin"', name=name
        ) from None
    return name


Code = Annotated[str, StringConstraints(pattern=rf"^{CODE}$")]
"""A short name for the machine: lower-case letters, digits, `-` and `_`, at most 40."""

TimezoneName = Annotated[str, AfterValidator(check_timezone)]

ClockTime = Annotated[
    time,
    BeforeValidator(parse_clock),
    PlainSerializer(print_clock, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^([01]?[0-9]|2[0-3]):[0-5][0-9]$", "examples": ["08:30"]}),
]
"""A time of day to the minute, local to whom it is for."""

Share = Annotated[
    Decimal,
    BeforeValidator(parse_share),
    PlainSerializer(print_share, return_type=str, when_used="json"),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^(100(\.0{1,6})?|[0-9]{1,2}(\.[0-9]{1,6})?) ?%$"},
                {"type": "number", "minimum": 0, "maximum": 1},
            ],
            "examples": ["95%", 0.95],
        }
    ),
]
"""A fraction from 0 to 1, exact."""
