"""How wide a table of a report may be."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import TypeVar

Column = TypeVar("Column")
COLUMNS = 7
"""How many figures stand beside one another in a table by unit, at most."""


def on_pages(columns: Sequence[Column]) -> Iterator[tuple[Column, ...]]:
    """Cut columns into tables no wider than a page, and about as wide as one another."""
    tables = ceil(len(columns) / COLUMNS)
    width = ceil(len(columns) / tables) if tables else 1
    for first in range(0, len(columns), width):
        yield tuple(columns[first : first + width])
