"""Scopes: the part of the tree that somebody may see; every query for people is narrowed here and nowhere else."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, func, or_, select, true
from sqlmodel import col

from models.branch import Branch
from models.officer import Officer
from models.unit import Unit


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything, or a unit and all below it (by its path), or the branches of officers, or one branch.

    Without any of the three it is everything. Several officers are one and those it stands in for.
    """

    path: str | None = None
    officers: frozenset[int] | None = None
    branch: int | None = None

    @property
    def is_everything(self) -> bool:
        """Tell whether nothing is left out."""
        return self.path is None and self.officers is None and self.branch is None

    @property
    def sees_units(self) -> bool:
        """Tell whether it holds whole units, and not branches alone."""
        return self.officers is None and self.branch is None

    @property
    def branches(self) -> ColumnElement[bool]:
        """Select, in a query that has `Branch` in it, the branches inside."""
        if self.branch is not None:
            return col(Branch.id) == self.branch
        if self.officers is not None:
            return col(Branch.officer_id).in_(self.officers)
        if self.path is not None:
            return col(Branch.unit_id).in_(select(col(Unit.id)).where(self._below()))
        return true()

    @property
    def units(self) -> ColumnElement[bool]:
        """Select, in a query that has `Unit` in it, the units inside: for officers and a branch, those they hang on."""
        if self.path is not None:
            return self._below()
        if self.is_everything:
            return true()
        return col(Unit.id).in_(select(col(Branch.unit_id)).where(self.branches))

    @property
    def people(self) -> ColumnElement[bool]:
        """Select, in a query that has `Officer` in it, those who answer for a unit or a branch inside.

        For officers it is themselves and those they stand in for; a branch has nobody.
        """
        if self.is_everything:
            return true()
        if self.officers is not None:
            return col(Officer.id).in_(self.officers)
        if self.path is None:
            return false()
        units = select(col(Unit.id)).where(self._below())
        liaisons = select(col(Branch.officer_id)).where(self.branches, col(Branch.officer_id).is_not(None))
        return or_(col(Officer.unit_id).in_(units), col(Officer.id).in_(liaisons))

    def holds(self, branch: int, officer: int | None, path: str) -> bool:
        """Tell the same of one branch that was read: its id, the officer who answers for it, its unit's path."""
        if self.branch is not None:
            return branch == self.branch
        if self.officers is not None:
            return officer in self.officers
        return self.path is None or path.startswith(self.path)

    def _below(self) -> ColumnElement[bool]:
        path = self.path or ""
        return func.substr(col(Unit.path), 1, len(path)) == path


EVERYTHING = Scope()
