"""Read what people may name in a form: units and branches, by code or by name."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from actions.house import House
from config.errors import Unknown
from models.branch import Branch
from models.database import snapshot
from models.queries import find_unit
from models.scope import EVERYTHING, Scope
from models.unit import Unit

MOST = 500
"""How many units a list to choose from holds; where there are more, they are typed."""


@dataclass(frozen=True, slots=True)
class Place:
    """A branch or a unit, by its code."""

    branch: str | None = None
    unit: str | None = None

    @property
    def code(self) -> str:
        """What it is called by."""
        return self.branch or self.unit or ""


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit as people choose one."""

    code: str
    name: str


def find_place(house: House, name: str, scope: Scope = EVERYTHING) -> Place:
    """Return the branch of that code, or else the unit of that code or unique name; Unknown outside the scope."""
    with snapshot(house.engine) as session:
        if session.scalar(select(col(Branch.code)).where(col(Branch.code) == name, scope.branches)) is not None:
            return Place(branch=name)
        try:
            return Place(unit=find_unit(session, name, scope).code)
        except Unknown:
            raise Unknown("{name}: neither a branch nor a unit of the registry is called that", name=name) from None


def read_units(house: House, scope: Scope = EVERYTHING) -> tuple[NamedUnit, ...]:
    """Read the units inside a scope to choose from, from the top of the tree down."""
    query = select(col(Unit.code), col(Unit.name)).where(scope.units).order_by(col(Unit.path)).limit(MOST)
    with snapshot(house.engine) as session:
        return tuple(NamedUnit(code, name) for code, name in session.execute(query).tuples())
