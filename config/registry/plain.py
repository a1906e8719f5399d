"""Whole columns of a registry at once: what is plain passes without a look at each cell, the rest is read by cells."""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from config.errors import WrongValue
from config.registry.cells import (
    read_channel,
    read_code,
    read_count,
    read_grade,
    read_kind,
    read_level,
    read_name,
    read_needed_code,
    read_needed_name,
    read_person,
    read_phone,
    read_status,
    reject,
)
from config.registry.columns import MANDATORY, Column
from config.registry.rows import Rejection
from config.said import Said
from config.sheets.cells import Cell, have_ditto, is_date, is_inexact, texts_of, why_no_value
from config.sheets.formulas import unguarded

_LARGEST_COUNT = 10**9
_DIGITS_OF_A_COUNT = 9
_CODES = re.compile(r"(?:(?:[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff._-]{0,39})?\n)*")
_CODE_COLUMNS = frozenset(
    {Column.UNIT_CODE, Column.PARENT_CODE, Column.BRANCH_CODE, Column.OFFICER_CODE, Column.SUCCESSOR}
)


def _grade(cell: str) -> str | None:
    grade = read_grade(cell)
    return None if grade is None else grade.value


_READERS: dict[Column, Callable[[str], Any]] = {
    Column.UNIT_CODE: read_needed_code,
    Column.UNIT_NAME: read_name(200),
    Column.PARENT_CODE: read_code,
    Column.LEVEL: read_level,
    Column.BRANCH_CODE: read_needed_code,
    Column.BRANCH_NAME: read_needed_name(200),
    Column.MEMBERS: read_count,
    Column.EMPLOYEES: read_count,
    Column.KIND: lambda cell: _value_of(read_kind(cell)),
    Column.STATUS: lambda cell: _value_of(read_status(cell)),
    Column.INDUSTRY: read_name(100),
    Column.GRADE: _grade,
    Column.LEADER: read_person(100),
    Column.PHONE: read_phone,
    Column.OFFICER_CODE: read_code,
    Column.OFFICER_NAME: read_person(200),
    Column.CHANNEL: read_channel,
    Column.SUCCESSOR: read_code,
}
"""What a cell means; a value that marshal can write."""


def read_column(column: Column, places: Sequence[int], cells: Sequence[Cell], rejected: list[Rejection]) -> list[Any]:
    """Return the values of a column; a bad cell goes to `rejected`, by its place, and gives None."""
    if (counts := _plain_counts(cells) if column in _COUNTS else None) is not None:
        return counts
    if not any(cells) and column in _OPTIONAL and set(map(type, cells)) == {str}:
        return [None] * len(cells)
    texts = texts_of(cells)
    plain = _PLAIN.get(column)
    if plain is not None and set(map(type, cells)) <= {str} and (values := plain(texts)) is not None:
        return values
    return _read_one_by_one(column, places, cells, texts, rejected)


def _read_one_by_one(
    column: Column, places: Sequence[int], cells: Sequence[Cell], texts: Sequence[str], rejected: list[Rejection]
) -> list[Any]:
    read, is_code = _READERS[column], column in _CODE_COLUMNS
    known: dict[str, Any] = {}
    values: list[Any] = []
    for place, cell, text in zip(places, cells, texts, strict=True):
        if type(cell) is str and text in known:
            values.append(known[text])
            continue
        if reason := why_no_value(cell) or (_why_no_code(cell) if is_code else None):
            rejected.append(reject(place, column, text, reason))
            values.append(None)
            continue
        if text not in known:
            try:
                known[text] = read(unguarded(text))
            except WrongValue as wrong:
                rejected.append(reject(place, column, text, wrong.said))
                values.append(None)
                continue
        values.append(known[text])
    return values


def _why_no_code(cell: Cell) -> Said | None:
    if is_inexact(cell):
        return Said("a number of more than 15 digits, of which the last are lost; write the code as text")
    return Said("a date; write the code as text") if is_date(cell) else None


def _plain_counts(cells: Sequence[Cell]) -> list[Any] | None:
    kinds = set(map(type, cells))
    try:
        if kinds <= {int, float}:
            counts = list(map(int, cells))  # type: ignore[arg-type]
            is_whole = counts == list(cells)
            return counts if is_whole and min(counts) >= 0 and max(counts) < _LARGEST_COUNT else None
        if kinds == {str}:
            joined = "".join(cells)  # type: ignore[arg-type]
            is_plain = joined.isascii() and joined.isdecimal() and all(cells)
            is_short = max(map(len, cells)) <= _DIGITS_OF_A_COUNT  # type: ignore[arg-type]
            return list(map(int, cells)) if is_plain and is_short else None  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        pass  # not a number, or one without an end
    return None


def _plain_texts(limit: int, *, is_needed: bool = False) -> Callable[[list[str]], list[Any] | None]:
    def read(texts: list[str]) -> list[Any] | None:
        told = "".join(texts)
        is_plain = told.isprintable() and "#" not in told and "'" not in told and not have_ditto(texts, told)
        if max(map(len, texts)) > limit or not is_plain:
            return None
        if all(texts):
            return texts
        return None if is_needed else [text or None for text in texts]

    return read


def _plain_codes(texts: list[str]) -> list[Any] | None:
    told = "\n".join(texts)
    if not _CODES.fullmatch(f"{told}\n") or have_ditto(texts, told):
        return None
    return texts if all(texts) else [text or None for text in texts]


def _plain_needed_codes(texts: list[str]) -> list[Any] | None:
    return _plain_codes(texts) if all(texts) else None


def _plain_words(read: Callable[[str], StrEnum | None]) -> Callable[[list[str]], list[Any] | None]:
    def read_all(texts: list[str]) -> list[Any] | None:
        try:
            known = {text: _value_of(read(text)) for text in set(texts)}
        except WrongValue:
            return None
        return list(map(known.__getitem__, texts))

    return read_all


def _value_of(word: StrEnum | None) -> str | None:
    return None if word is None else word.value


_OPTIONAL = frozenset(Column) - frozenset(MANDATORY)
_COUNTS = (Column.MEMBERS, Column.EMPLOYEES)
_PLAIN: dict[Column, Callable[[list[str]], list[Any] | None]] = {
    Column.UNIT_CODE: _plain_needed_codes,
    Column.BRANCH_CODE: _plain_needed_codes,
    Column.OFFICER_CODE: _plain_codes,
    Column.SUCCESSOR: _plain_codes,
    Column.BRANCH_NAME: _plain_texts(200, is_needed=True),
    Column.OFFICER_NAME: _plain_texts(200),
    Column.INDUSTRY: _plain_texts(100),
    Column.LEADER: _plain_texts(100),
    Column.KIND: _plain_words(read_kind),
    Column.STATUS: _plain_words(read_status),
}
"""What tells of a whole column that each of its texts is plain, and returns its values; None where one is not."""
