"""The parts that a table is made of: the units right below one, each with all below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, Select, and_, func, or_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.queries import find_unit
from models.scope import Scope
from models.unit import Unit


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts by their keys, in the order of the tree; `tops` are those that stand for themselves alone."""

    units: Mapping[int, Unit]
    tops: frozenset[int]

    def table(self) -> CTE:
        """Compose a table of units, each with the code of the part that it lies in: `unit_id` and `part`."""
        part = aliased(Unit, name="part_unit")
        lies_below = func.substr(col(Unit.path), 1, func.length(col(part.path))) == col(part.path)
        lies_in = or_(col(Unit.id) == col(part.id), and_(col(part.id).not_in(self.tops), lies_below))
        placed: Select[Any] = select_columns(col(Unit.id).label("unit_id"), col(part.code).label("part"))
        # Made once, not row by row: some measures have as many rows as there are branches.
        return placed.join(part, lies_in).where(col(part.id).in_(self.units)).cte("place").prefix_with("MATERIALIZED")


def parts_below(session: Session, unit: str | None, scope: Scope) -> Parts:
    """Cut the tree below a unit, or below the top of what the scope sees, into its parts.

    The unit itself is a part, for what counts for it alone. Unknown where the scope does not see the unit.
    """
    tops = [find_unit(session, unit, scope)] if unit is not None else _tops(session, scope)
    ids = [top.id for top in tops]
    lies_here = or_(col(Unit.id).in_(ids), col(Unit.parent_id).in_(ids))
    units = session.exec(select(Unit).where(scope.units, lies_here).order_by(col(Unit.path)))
    return Parts({each.id: each for each in units}, frozenset(ids))


def _tops(session: Session, scope: Scope) -> Sequence[Unit]:
    """Read the highest units that a scope sees."""
    seen = select(Unit.id).where(scope.units).correlate(None)
    is_top = or_(col(Unit.parent_id).is_(None), col(Unit.parent_id).not_in(seen))
    return session.exec(select(Unit).where(scope.units, is_top)).all()
