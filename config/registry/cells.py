"""From a cell to its value. Every function raises WrongValue with the reason when it cannot."""

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from config import phones
from config.errors import WrongValue
from config.numbers import FULL_WIDTH, read_number
from config.registry.columns import Column
from config.registry.rows import Rejection
from config.registry.words import words_of
from config.said import Said
from config.vocabulary import BranchKind, BranchStatus, Grade, UnitLevel

Word = TypeVar("Word", bound=StrEnum)

# Controls, breaks of line and paragraph, and marks that turn the direction of what follows.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_BREAK = re.compile(r"[ \t\u3000]*(?:\r\n|[\n\r\u2028\u2029])\s*")
_WIDE = ("W", "F")
# A code is part of paths and folder names: nothing in it may mean something there.
_CODE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff._-]*")
_CHANNEL = re.compile(r"(?P<service>[A-Za-z][A-Za-z0-9+.-]*)://\S*")
# What a program makes of a number to call that it took for a measure.
_AS_FLOAT = re.compile(r"([0-9\uff10-\uff19]+)\.0+")
_LONGEST_COUNT = 9
_LONGEST_SHOWN = 60


def read_optional(limit: int) -> Callable[[str], str | None]:
    """Make a reader of text with at most `limit` characters, None when blank."""

    def read(cell: str) -> str | None:
        text = cell.strip()
        if not text.isprintable() and (control := _CONTROL.search(text)):
            if _BREAK.fullmatch(control[0]):
                raise WrongValue("has a line break in it; write it on one line")
            raise WrongValue("has a control character (U+{code:04X})", code=ord(control[0]))
        if len(text) > limit:
            raise WrongValue("has {count} characters, at most {most} are allowed", count=len(text), most=limit)
        return text or None

    return read


def read_name(limit: int) -> Callable[[str], str | None]:
    """Make a reader of a name, None when blank; lines of a cell are one name, Chinese ones without a blank between."""
    read = read_optional(limit)
    return lambda cell: read(cell if cell.isprintable() else _BREAK.sub(_between, cell.strip()))


def read_person(limit: int) -> Callable[[str], str | None]:
    """Make a reader of who somebody is, None when blank; lines may be two people, and have a blank between them."""
    read = read_optional(limit)
    return lambda cell: read(cell if cell.isprintable() else _BREAK.sub(" ", cell.strip()))


def read_needed_name(limit: int) -> Callable[[str], str]:
    """Make a reader of a name that must be there."""
    read = read_name(limit)

    def read_or_miss(cell: str) -> str:
        text = read(cell)
        if text is None:
            raise WrongValue("missing")
        return text

    return read_or_miss


def read_code(cell: str) -> str | None:
    """Read a code, None when blank; full-width letters and digits count as plain ones."""
    code = _short(cell.translate(FULL_WIDTH))
    if code is not None and not _CODE.fullmatch(code):
        raise WrongValue("not a code: it has letters, digits, - _ and . and begins with a letter or a digit")
    return code


def read_needed_code(cell: str) -> str:
    """Read a code that must be there."""
    code = read_code(cell)
    if code is None:
        raise WrongValue("missing")
    return code


def read_count(cell: str) -> int:
    """Read a whole number of nine digits at most."""
    if not cell.strip():
        raise WrongValue("missing; write 0 where there are none")
    number = read_number(cell)
    if number is None or number != int(number):
        raise WrongValue("not a whole number; write it in digits alone")
    if number < 0:
        raise WrongValue("negative")
    if number >= 10**_LONGEST_COUNT:
        raise WrongValue("too large; at most {most} digits", most=_LONGEST_COUNT)
    return int(number)


def read_channel(cell: str) -> str | None:
    """Read the address of an officer, None when blank; whether the service can be used is not for the registry."""
    address = _long(cell)
    if address is not None and not _CHANNEL.fullmatch(address):
        raise WrongValue("not an address; write it as service://address, without spaces")
    return address


def read_phone(cell: str) -> str | None:
    """Read a telephone number, None when blank; full-width digits count as digits, and `13800000000.0` as a number."""
    number = _short(cell)
    return phones.read_number(_without_places(number)) if number else None


def _without_places(number: str) -> str:
    found = _AS_FLOAT.fullmatch(number)
    return found[1] if found else number


@lru_cache(maxsize=256)
def read_level(cell: str) -> UnitLevel | None:
    """Read the level of a unit, None when blank."""
    return _choose(UnitLevel, cell) if cell.strip() else None


@lru_cache(maxsize=256)
def read_kind(cell: str) -> BranchKind | None:
    """Read the kind of a branch, None when blank."""
    return _choose(BranchKind, cell) if cell.strip() else None


@lru_cache(maxsize=256)
def read_status(cell: str) -> BranchStatus | None:
    """Read the status of a branch, None when blank."""
    return _choose(BranchStatus, cell) if cell.strip() else None


@lru_cache(maxsize=256)
def read_grade(cell: str) -> Grade | None:
    """Read the grade of a branch, None when blank."""
    return _choose(Grade, cell) if cell.strip() else None


def reject(place: int, column: Column, cell: str, reason: Said) -> Rejection:
    """Reject a cell, showing of it what can be shown."""
    return Rejection(place, column.value, _mask(cell) if column is Column.CHANNEL else show(cell), reason)


def show(cell: str) -> str:
    """Give a cell as it can be printed in one line: controls written out, cut when long."""
    text = _CONTROL.sub(lambda control: f"\\u{ord(control[0]):04x}", cell.strip(" "))
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


def _mask(address: str) -> str:
    match = _CHANNEL.match(address.strip())
    return f"{match['service']}://…" if match else "…"


def _between(lines: re.Match[str]) -> str:
    """Give what stands between two lines of a name once they are one."""
    sides = lines.string[lines.start() - 1], lines.string[lines.end()]
    return "" if all(unicodedata.east_asian_width(side) in _WIDE for side in sides) else " "


def _choose(vocabulary: type[Word], cell: str) -> Word:
    word = words_of(vocabulary).get(cell.strip().casefold())
    if word is None:
        raise WrongValue("unknown; write one of {words}", words=", ".join(vocabulary))
    return vocabulary(word)


_short, _long = read_optional(40), read_optional(1000)
