"""What people type into forms, read with care: a Refusal says why it cannot be taken."""

from decimal import Decimal
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated, TypeVar
from urllib.parse import quote

from fastapi import Form, Path, Query, Response
from fastapi.responses import RedirectResponse

from config import numbers
from config.errors import Refusal
from config.registry.cells import read_needed_code
from rules.words import read_words

Word = TypeVar("Word", bound=StrEnum)

LONGEST_CODE = 40
LONGEST_NAME = 200
LONGEST_PHONE = 100
LONGEST_URL = 1_000
LARGEST_KEY = 2**31 - 1

Text = Annotated[str, Form()]
"""A field of a form, as it was typed."""
Number = Annotated[int, Path(ge=1, le=LARGEST_KEY)]
"""The number of something, in an address."""
After = Annotated[int | None, Query(ge=1, le=LARGEST_KEY)]
"""The number of the row after which a page begins."""


_SHOWN = 40


def done(address: str, what: str) -> Response:
    """Go on to a page that says what was done; going there again does it no second time."""
    return RedirectResponse(f"{address}?done={quote(what)}", status_code=HTTPStatus.SEE_OTHER)


def read_text(text: str, longest: int) -> str:
    """Read what has to say something, a line's end as one character."""
    return read_words(text.replace("\r\n", "\n"), longest)


def read_number(text: str) -> Decimal:
    """Read a number as people write it."""
    number = numbers.read_number(text)
    if number is None:
        raise Refusal("{text} is not a number; write digits", text=text.strip()[:_SHOWN])
    return number


def read_word(text: str, vocabulary: type[Word]) -> Word:
    """Read a choice from a list."""
    try:
        return vocabulary(text)
    except ValueError:
        raise not_in_list() from None


def not_in_list() -> Refusal:
    """Say that a choice is none of those that were offered."""
    return Refusal("is not in the list; choose again")


def read_code(text: str) -> str:
    """Read the code of something new."""
    said = read_text(text, LONGEST_CODE)
    try:
        return read_needed_code(said)
    except ValueError:
        raise Refusal("has to be of letters, digits, - _ and . and begin with a letter or a digit") from None
