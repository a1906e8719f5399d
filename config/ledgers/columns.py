"""The columns of a ledger: what each is called, what stands in it, and within which limits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, get_args

from annotated_types import Ge, Le, MaxLen
from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic.fields import FieldInfo

from config.days import NO_DAY, find_day, is_usual
from config.definition.text import Text
from config.errors import WrongValue
from config.numbers import read_number
from config.one_line import is_one_line

if TYPE_CHECKING:
    from config.ledgers.entry import Entry


class ColumnKind(StrEnum):
    """What stands in a column of a ledger: how it is typed, checked and shown."""

    BRANCH = "branch"
    UNIT = "unit"
    OFFICER = "officer"
    DAY = "day"
    COUNT = "count"
    CHOICE = "choice"
    YES = "yes"
    LINE = "line"
    WORDS = "words"


MOST = 999_999_999


@dataclass(frozen=True, slots=True)
class Title:
    """What a column is called."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column as forms, sheets and commands need to know it.

    `choices` is the vocabulary of a choice, `least` and `most` the limits of a count, `longest` how many
    characters a text may have. What does not apply is None.
    """

    code: str
    title: Text
    kind: ColumnKind
    is_needed: bool
    choices: type[StrEnum] | None
    least: int | None
    most: int | None
    longest: int | None


@cache
def columns_of(entry: "type[Entry]") -> tuple[Column, ...]:
    """Return the columns of a ledger, in their order on paper."""
    return tuple(_column(code, field) for code, field in entry.model_fields.items())


def _column(code: str, field: FieldInfo) -> Column:
    marks = [*field.metadata, *_marks_of(field.annotation)]
    title = next(mark for mark in marks if isinstance(mark, Title))
    choices = next((mark for mark in marks if isinstance(mark, type) and issubclass(mark, StrEnum)), None)
    return Column(
        code,
        Text(zh=title.zh, en=title.en),
        next((mark for mark in marks if isinstance(mark, ColumnKind)), ColumnKind.CHOICE),
        field.is_required(),
        choices,
        next((int(str(mark.ge)) for mark in marks if isinstance(mark, Ge)), None),
        next((int(str(mark.le)) for mark in marks if isinstance(mark, Le)), None),
        next((mark.max_length for mark in marks if isinstance(mark, (MaxLen, StringConstraints))), None),
    )


def _marks_of(annotation: Any) -> Iterator[Any]:
    """Walk through an annotation, into unions and what was annotated before."""
    yield annotation
    for mark in get_args(annotation):
        yield from _marks_of(mark)
    if isinstance(annotation, FieldInfo):
        yield from annotation.metadata


def _read_day(value: Any) -> date:
    """Take a day, or text that is one: a number would count as seconds."""
    day = find_day(value) if isinstance(value, str) else value
    if type(day) is not date or not is_usual(day):
        raise WrongValue(NO_DAY)
    return day


def _read_count(value: Any) -> Any:
    """Take a count as people write it; what is no whole number is left for the limits to refuse."""
    number = read_number(value) if isinstance(value, str) else None
    return value if number is None else number


def _check_line(text: str) -> str:
    if not is_one_line(text):
        raise WrongValue("has a character in it that cannot be kept")
    return text


def _check_words(text: str) -> str:
    _check_line(" ".join(text.split()))
    return text


def _none_for_blank(value: Any) -> Any:
    """Take an empty cell or field for nothing said."""
    return None if isinstance(value, str) and not value.strip() else value


_Code = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40), AfterValidator(_check_line)
]
BranchCode = Annotated[_Code, ColumnKind.BRANCH]
UnitCode = Annotated[_Code, ColumnKind.UNIT]
OfficerCode = Annotated[_Code, ColumnKind.OFFICER]
Day = Annotated[date, BeforeValidator(_read_day), ColumnKind.DAY]
Count = Annotated[int, BeforeValidator(_read_count), Field(ge=0, le=MOST), ColumnKind.COUNT]
Some = Annotated[int, BeforeValidator(_read_count), Field(ge=1, le=MOST), ColumnKind.COUNT]
"""A count of one at least."""
Yes = Annotated[bool, ColumnKind.YES]
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100),
    AfterValidator(_check_line),
    ColumnKind.LINE,
]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=400),
    AfterValidator(_check_line),
    ColumnKind.LINE,
]
Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
    AfterValidator(_check_words),
    ColumnKind.WORDS,
]
Pages = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000),
    AfterValidator(_check_words),
    ColumnKind.WORDS,
]
"""The text of a whole issue."""
Blank = BeforeValidator(_none_for_blank)
"""Marks what may be left empty."""
