"""The small expressions of a campaign file: lengths, due rules, rungs, openings and starts.

Each parses from one line of text and prints back as the same line, in a file as in the database.
"""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from config.errors import WrongValue
from config.said import Said
from config.vocabulary import DayUnit, DueAnchor, OpeningAnchor

CODE = r"[a-z0-9][a-z0-9_-]{0,39}"
_DAYS = r"(?P<count>[1-9][0-9]{0,3}) (?P<unit>(?:work)?days?)"
_DATE = r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"


class Expression(ABC):
    """What all expressions share: `parse`, the printed form, and how Pydantic reads and writes them."""

    __slots__ = ()

    pattern: ClassVar[re.Pattern[str]]
    examples: ClassVar[tuple[str, ...]]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one expression; raise WrongValue, with examples of how it is written, when it is none."""
        match = cls.pattern.fullmatch(text.strip())
        if match is None:
            raise WrongValue(
                'cannot read "{text}"; write it like {examples}', text=text, examples=_listed(cls.examples)
            )
        return cls._from(match)

    @classmethod
    @abstractmethod
    def _from(cls, match: re.Match[str]) -> Self: ...

    @classmethod
    def _validate(cls, value: Any) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            return cls.parse(value)
        raise WrongValue("must be text like {examples}", examples=_listed(cls.examples))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        printed = core_schema.to_string_ser_schema(when_used="json")
        return core_schema.no_info_plain_validator_function(cls._validate, serialization=printed)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "pattern": _portable(cls.pattern), "examples": list(cls.examples)}


@dataclass(frozen=True, slots=True)
class Span(Expression):
    """A length: `14 workdays`, `20 days`. The count is at least 1."""

    count: int
    unit: DayUnit

    pattern = re.compile(_DAYS)
    examples = ("14 workdays", "20 days")

    @classmethod
    def _from(cls, match: re.Match[str]) -> Self:
        return cls(int(match["count"]), _unit(match))

    def __str__(self) -> str:
        return _counted(self.count, self.unit)


@dataclass(frozen=True, slots=True)
class DueRule(Expression):
    """The last allowed day of a task: `5 workdays after open`, `2 days before close`, `close`, a date.

    `offset` is negative before the anchor and 0 on it; `day` is set for the anchor DATE alone.
    """

    anchor: DueAnchor
    offset: int = 0
    unit: DayUnit = DayUnit.DAYS
    day: date | None = None

    pattern = re.compile(rf"(?:{_DAYS} (?P<side>before|after) )?(?P<anchor>open|close)|{_DATE}")
    examples = ("5 workdays after open", "2 days before close", "close", "2009-09-20")

    @classmethod
    def _from(cls, match: re.Match[str]) -> Self:
        if match["day"]:
            return cls(DueAnchor.DATE, day=_day(match))
        return cls(DueAnchor(match["anchor"]), *_offset(match))

    def __str__(self) -> str:
        return str(self.day) if self.day else _placed(self.offset, self.unit, self.anchor)


@dataclass(frozen=True, slots=True)
class RungTime(Expression):
    """When a rung is reached, counted from the last allowed day: `3 workdays before due` (-3), `due` (0)."""

    offset: int = 0
    unit: DayUnit = DayUnit.DAYS

    pattern = re.compile(rf"(?:{_DAYS} (?P<side>before|after) )?due")
    examples = ("3 workdays before due", "due", "1 workday after due")

    @classmethod
    def _from(cls, match: re.Match[str]) -> Self:
        return cls(*_offset(match))

    def __str__(self) -> str:
        return _placed(self.offset, self.unit, "due")


@dataclass(frozen=True, slots=True)
class Opening(Expression):
    """When a window opens: `wave` (with its wave), `after STAGE` (that wave's window of it closed), or a date.

    `stage` is set for the anchor STAGE alone, `day` for the anchor DATE alone.
    """

    anchor: OpeningAnchor
    stage: str | None = None
    day: date | None = None

    pattern = re.compile(rf"wave|after (?P<stage>{CODE})|{_DATE}")
    examples = ("wave", "after mobilization", "2010-01-04")

    @classmethod
    def _from(cls, match: re.Match[str]) -> Self:
        if match["day"]:
            return cls(OpeningAnchor.DATE, day=_day(match))
        return cls(OpeningAnchor.STAGE if match["stage"] else OpeningAnchor.WAVE, match["stage"])

    def __str__(self) -> str:
        if self.day:
            return str(self.day)
        return f"after {self.stage}" if self.stage else "wave"


@dataclass(frozen=True, slots=True)
class Start(Expression):
    """When a wave starts: a date, or counted from the day of launch: `launch`, `55 workdays before launch`.

    `offset` is negative before the launch and 0 on its day; it means nothing where `day` is set.
    """

    day: date | None = None
    offset: int = 0
    unit: DayUnit = DayUnit.DAYS

    pattern = re.compile(rf"(?:{_DAYS} (?P<side>before|after) )?launch|{_DATE}")
    examples = ("2009-09-07", "launch", "55 workdays before launch")

    @classmethod
    def _from(cls, match: re.Match[str]) -> Self:
        return cls(day=_day(match)) if match["day"] else cls(None, *_offset(match))

    def __str__(self) -> str:
        return str(self.day) if self.day else _placed(self.offset, self.unit, "launch")


def _unit(match: re.Match[str]) -> DayUnit:
    return DayUnit.WORKDAYS if match["unit"].startswith("work") else DayUnit.DAYS


def _offset(match: re.Match[str]) -> tuple[int, DayUnit]:
    if not match["side"]:
        return 0, DayUnit.DAYS
    sign = -1 if match["side"] == "before" else 1
    return sign * int(match["count"]), _unit(match)


def _day(match: re.Match[str]) -> date:
    try:
        return date.fromisoformat(match["day"])
    except ValueError:
        raise WrongValue("{day} is not a day of any year", day=match["day"]) from None


def _counted(count: int, unit: DayUnit) -> str:
    return f"{count} {unit.removesuffix('s') if count == 1 else unit}"


def _placed(offset: int, unit: DayUnit, anchor: str) -> str:
    if offset == 0:
        return anchor
    return f"{_counted(abs(offset), unit)} {'before' if offset < 0 else 'after'} {anchor}"


def _listed(examples: tuple[str, ...]) -> Said:
    *others, last = examples
    return Said('{others} or "{last}"', others=", ".join(f'"{example}"' for example in others), last=last)


def _portable(pattern: re.Pattern[str]) -> str:
    """Write a pattern without Python's named groups, anchored, as JSON Schema and editors read it."""
    return "^(" + re.sub(r"\?P<\w+>", "", pattern.pattern) + ")$"
