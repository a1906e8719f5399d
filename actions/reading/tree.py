"""Read the tree of units, one by one or page by page."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, select
from sqlmodel import col

from actions.house import House
from actions.reading.pages import Page, page_of
from config.vocabulary import UnitLevel
from models.database import snapshot
from models.dialects import table_of
from models.queries import find_unit
from models.scope import EVERYTHING, Scope
from models.unit import Unit


@dataclass(frozen=True, slots=True)
class UnitState:
    """A unit of the tree; `parent` is None at its top, and where the scope begins.

    `number` is its place in lists, and nothing that people call it by.
    """

    number: int
    unit: str
    name: str
    level: UnitLevel
    parent: str | None


def read_units(
    house: House,
    *,
    parent: str | None = None,
    level: UnitLevel | None = None,
    limit: int,
    later_than: int = 0,
    scope: Scope = EVERYTHING,
) -> Page[UnitState]:
    """Read at most `limit` units by their numbers, those right below one or of one level; `later_than` ended a page.

    Raises Unknown for a parent that is not there, or not inside the scope.
    """
    with snapshot(house.engine) as session:
        query = _select(scope).where(col(Unit.id) > later_than)
        if parent is not None:
            query = query.where(col(Unit.parent_id) == find_unit(session, parent, scope).id)
        if level is not None:
            query = query.where(col(Unit.level) == level)
        rows = session.execute(query.order_by(col(Unit.id)).limit(limit + 1))
        return page_of((UnitState(*row) for row in rows), limit, lambda unit: unit.number)


def read_unit(house: House, name: str, scope: Scope = EVERYTHING) -> UnitState:
    """Read one unit, by its code or its unique name; Unknown when there is none inside the scope."""
    with snapshot(house.engine) as session:
        unit = find_unit(session, name, scope)
        return UnitState(*session.execute(_select(scope).where(col(Unit.id) == unit.id)).one())


def _select(scope: Scope) -> Select[Any]:
    above = table_of(Unit).alias("above")
    inside = select(col(Unit.id)).where(scope.units).subquery("inside")
    is_parent = and_(above.c.id == col(Unit.parent_id), above.c.id.in_(select(inside.c.id)))
    return (
        select(col(Unit.id), col(Unit.code), col(Unit.name), col(Unit.level), above.c.code)
        .select_from(Unit)
        .join(above, is_parent, isouter=True)
        .where(scope.units)
    )
