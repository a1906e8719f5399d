"""Pages of a long list: so many rows, and where the next ones begin."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some rows of a list; `following` is what the row after them is asked for by, None when they are the last."""

    rows: tuple[Item, ...]
    following: str | None


def page_of(found: Iterable[Item], limit: int, key: Callable[[Item], object]) -> Page[Item]:
    """Make a page of at most `limit` rows out of a query for one more; `key` names the last row of a page."""
    rows = tuple(islice(found, limit + 1))
    following = str(key(rows[limit - 1])) if len(rows) > limit else None
    return Page(rows[:limit], following)
