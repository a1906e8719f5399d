"""What people type into forms: read with care, and kept on the page when something in it cannot be taken."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated, TypeVar
from urllib.parse import quote

from fastapi import Form, Path, Query, Response
from fastapi.responses import RedirectResponse

from config.errors import Refusal
from rules.words import read_day, read_words
from web.context import Here
from web.refusals import status_of
from web.translation import say_refusal

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


_NUMBER = re.compile(r"[+-]?[0-9]{1,24}(\.[0-9]{1,12})?")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－＋，", "0123456789.-+,")
_SHOWN = 40


class FieldFault(Refusal):
    """What one field of a form says cannot be taken."""

    def __init__(self, field: str, refusal: Refusal) -> None:
        super().__init__(refusal.message, hint="", **refusal.values)
        self.field = field


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a form was not carried out, in the reader's language, and beside which field to say so, if any."""

    said: str
    field: str | None
    status: HTTPStatus


def refused(here: Here, refusal: Refusal) -> Refused:
    """Say on the page of the form why it was not carried out."""
    field = refusal.field if isinstance(refusal, FieldFault) else None
    return Refused(say_refusal(refusal, here.language), field, status_of(refusal))


@contextmanager
def beside(field: str) -> Iterator[None]:
    """Say beside a field what is wrong with the one thing that an action was given by it."""
    try:
        yield
    except FieldFault:
        raise
    except Refusal as refusal:
        raise FieldFault(field, refusal) from None


def done(address: str, what: str) -> Response:
    """Go on to a page that says what was done; going there again does it no second time."""
    return RedirectResponse(f"{address}?done={quote(what)}", status_code=HTTPStatus.SEE_OTHER)


def words(field: str, text: str, longest: int) -> str:
    """Read a field that has to say something, a line's end as one character; FieldFault when it cannot be taken."""
    with beside(field):
        return read_words(text.replace("\r\n", "\n"), longest)


def words_or_none(field: str, text: str, longest: int) -> str | None:
    """Read a field that may stay empty."""
    return words(field, text, longest) if text.strip() else None


def day(field: str, text: str) -> date:
    """Read a day as browsers send it, 2009-12-18; FieldFault when it is none."""
    with beside(field):
        return read_day(text)


def day_or_none(field: str, text: str) -> date | None:
    """Read a day that may be left out."""
    return day(field, text) if text.strip() else None


def number_or_none(field: str, text: str) -> Decimal | None:
    """Read a number that may be left out, with full-width digits or commas between thousands too."""
    said = text.strip()
    if not said:
        return None
    plain = said.translate(_FULL_WIDTH).replace(",", "").replace(" ", "")
    if not _NUMBER.fullmatch(plain):
        raise FieldFault(field, Refusal("{text} is not a number; write digits", text=said[:_SHOWN]))
    return Decimal(plain)


def word(field: str, text: str, vocabulary: type[Word]) -> Word:
    """Read a choice from a list; FieldFault for what is not in it."""
    try:
        return vocabulary(text)
    except ValueError:
        raise FieldFault(field, Refusal("is not in the list; choose again")) from None


def word_or_none(field: str, text: str, vocabulary: type[Word]) -> Word | None:
    """Read a choice that may be left open."""
    return word(field, text, vocabulary) if text else None
