"""What a list is about: a campaign, or a unit's part of it, as far as whoever asks may see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, select
from sqlmodel import Session, col

from actions.house import House
from actions.rulebook import Rulebook
from models.branch import Branch
from models.queries import below
from models.scope import Scope
from models.unit import Unit

ROWS_AT_ONCE = 5_000


@dataclass(frozen=True)
class Asked:
    """What is asked for, in an open transaction.

    `unit` is None for all of the scope, `phones` opens the numbers to call.
    """

    session: Session
    house: House
    rulebook: Rulebook
    unit: Unit | None
    scope: Scope
    phones: bool
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The campaign's zone."""
        return self.rulebook.zone

    @property
    def branches(self) -> ColumnElement[bool]:
        """Select, in a query that has `Branch` in it, the branches asked for."""
        if self.unit is None:
            return self.scope.branches
        return and_(self.scope.branches, col(Branch.unit_id).in_(select(col(Unit.id)).where(below(self.unit))))

    @property
    def units(self) -> ColumnElement[bool]:
        """Select, in a query that has `Unit` in it, the units asked for."""
        return self.scope.units if self.unit is None else and_(self.scope.units, below(self.unit))

    def stream(self, query: Select[Any]) -> Iterator[tuple[Any, ...]]:
        """Read rows as they are taken, without ever holding all of them."""
        yield from self.session.execute(query.execution_options(yield_per=ROWS_AT_ONCE)).tuples()

    def runs(self, query: Select[Any]) -> Iterator[list[tuple[Any, ...]]]:
        """Read rows likewise, some thousand at once."""
        yield from map(
            list, self.session.execute(query.execution_options(yield_per=ROWS_AT_ONCE)).tuples().partitions()
        )

    def opened(self, sealed: str | None) -> str | None:
        """Open a number to call, where those are asked for."""
        return self.house.seal.open(sealed) if sealed and self.phones else None
