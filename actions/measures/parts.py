"""The parts that a table is made of: the units right below one, each with all below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.queries import find_unit
from models.scope import Scope
from models.unit import Unit


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts by their keys, in the order of the tree, and the part that each unit lies in."""

    units: Mapping[int, Unit]
    of: Mapping[int, int]


def parts_below(session: Session, unit: str | None, scope: Scope) -> Parts:
    """Cut the tree below a unit, or below the top of what the scope sees, into its parts.

    The unit itself is a part, for what counts for it alone. Unknown where the scope does not see the unit.
    """
    units = session.exec(select(Unit).where(scope.units).order_by(col(Unit.path))).all()
    tops = {top.id: top for top in ([find_unit(session, unit, scope)] if unit is not None else _tops(units))}
    parts: dict[int, Unit] = {}
    of: dict[int, int] = {}
    for each in units:  # whoever is above comes first
        if each.id in tops or each.parent_id in tops:
            parts[each.id] = each
            of[each.id] = each.id
        elif each.parent_id in of:
            of[each.id] = of[each.parent_id]
    return Parts(parts, of)


def _tops(units: Sequence[Unit]) -> list[Unit]:
    known = {unit.id for unit in units}
    return [unit for unit in units if unit.parent_id not in known]
