"""How a measure is taken: of the rows that it is made of one number is made."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from sqlalchemy import ColumnElement, Select, func

from actions.measures.extent import Extent


class Taken(Enum):
    """What is made of the amounts of rows."""

    SUM = auto()
    DIFFERENT = auto()
    """Amounts are keys of something, and how many different ones there are is counted."""
    LARGEST = auto()
    """What does not add up, such as how long something took."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How a measure is taken: `rows` selects `unit_id`, `branch_id` and `amount`; nothing makes 0."""

    rows: Callable[[Extent], Select[Any]]
    taken: Taken = Taken.SUM

    def amount_of(self, amounts: ColumnElement[Any]) -> ColumnElement[Any]:
        """Make one number of amounts, as an expression of a query."""
        match self.taken:
            case Taken.SUM:
                return func.coalesce(func.sum(amounts), 0)
            case Taken.DIFFERENT:
                return func.count(amounts.distinct())
            case Taken.LARGEST:
                return func.coalesce(func.max(amounts), 0)

    def put_together(self, amounts: Iterable[int]) -> int:
        """Make one number of what single units came to, each as a query for them says."""
        match self.taken:
            case Taken.SUM:
                return sum(map(int, amounts))
            case Taken.DIFFERENT:
                return len({*amounts})
            case Taken.LARGEST:
                return max(map(int, amounts), default=0)
