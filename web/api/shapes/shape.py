"""What all shapes of the API have in common, and the kinds of values that requests are made of."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints
from pydantic_core import PydanticCustomError

from config.days import FIRST_YEAR, LAST_YEAR
from config.definition.text import Text

LARGEST_NUMBER = 2**31 - 1
_STORABLE = r"^[^\x00]*$"
_ONE_LINE = r"^[^\x00-\x1f\x7f]*$"


class Shape(BaseModel):
    """Something that is said in JSON: frozen, and nothing in it that is not named."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class TextShape(Shape):
    """Words in the languages they were written in."""

    zh: str | None
    """The words in Chinese."""
    en: str | None
    """The words in English."""

    @classmethod
    def of(cls, text: Text) -> "TextShape":
        """Take them from a campaign's file."""
        return cls(zh=text.zh, en=text.en)


def _within_years(instant: datetime) -> datetime:
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        years = {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise PydanticCustomError("years", "must be between the years {first} and {last}", years)
    return instant.astimezone(UTC)


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


Instant = Annotated[datetime, PlainSerializer(_iso, str), Field(examples=["2009-09-14T16:00:00Z"])]
"""An instant of an answer: ISO 8601 in UTC."""
AskedInstant = Annotated[AwareDatetime, AfterValidator(_within_years), Field(examples=["2009-09-15T00:00:00+08:00"])]
"""An instant of a request: ISO 8601 with any zone."""
Number = Annotated[int, Field(ge=1, le=LARGEST_NUMBER)]
"""What things are numbered by."""
Code = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=_ONE_LINE)]
"""What people call things by."""
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_ONE_LINE)]
"""A name, or a part of one."""
Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")
]
"""Why something is done."""
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=_STORABLE)]
"""What is said beside an answer."""
