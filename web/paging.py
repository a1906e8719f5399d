"""Pages of a long list: by their number, or by the row after which the next begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from fastapi import Query

from actions.reading.pages import Page
from web.context import Here

PageNumber = Annotated[int, Query(alias="page", ge=1, le=10_000)]
Row = TypeVar("Row")
ROWS = 50
"""How many rows a page of a list has."""
_AFTER = "after"


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


@dataclass(frozen=True, slots=True)
class Pager:
    """Where the ends of a page lead: to the first page where it is not this one, and to the next where there is one."""

    first: str | None
    following: str | None


def pager_of(here: Here, page: Page[Any]) -> Pager:
    """Give the ends of a page that was asked for with these filters."""
    return Pager(
        first=_address(here, None) if _AFTER in here.request.query_params else None,
        following=_address(here, page.following) if page.following is not None else None,
    )


def _address(here: Here, after: str | None) -> str:
    kept = [(name, value) for name, value in here.request.query_params.multi_items() if name != _AFTER and value]
    if after is not None:
        kept.append((_AFTER, after))
    path = here.request.url.path
    return f"{path}?{urlencode(kept)}" if kept else path
