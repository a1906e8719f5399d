"""Pages of a long list, by their number in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Query

PageNumber = Annotated[int, Query(alias="page", ge=1, le=10_000)]
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of a list is shown, counted from 1, and whether another follows."""

    number: int
    has_more: bool


def offset_of(number: int, size: int) -> int:
    """Return how many rows stand before a page."""
    return (number - 1) * size


def cut(rows: Sequence[Row], number: int, size: int) -> tuple[Sequence[Row], Paging]:
    """Cut a page out of a list that is there as a whole."""
    start = offset_of(number, size)
    return rows[start : start + size], Paging(number, len(rows) > start + size)
