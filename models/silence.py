"""Silences: for a time nobody is reminded about a branch, or about any branch of a unit."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, SQLColumnExpression, and_, func, or_, select, true
from sqlmodel import Field, Session, col

from models.base import Row
from models.branch import Branch
from models.dialects import table_of
from models.parameters import Instant
from models.scope import Scope
from models.unit import Unit


class Silence(Row, table=True):
    """From `starts_at` until `ends_at` reminders about a branch, or a unit and all below it, are deferred.

    Nothing is dropped for good: what was reached meanwhile is told at its end, merged. `lifted_at` ends
    it earlier.
    """

    __table_args__ = (
        CheckConstraint("(branch_id IS NULL) <> (unit_id IS NULL)", name="branch_or_unit"),
        CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
    )

    id: int = Field(default=None, primary_key=True)
    branch_id: int | None = Field(default=None, foreign_key="branch.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    starts_at: datetime
    ends_at: datetime = Field(index=True)
    reason: str = Field(max_length=1000)
    added_at: datetime
    added_by: str = Field(max_length=100)
    lifted_at: datetime | None = None
    lifted_by: str | None = Field(default=None, max_length=100)


def in_force(now: Instant) -> ColumnElement[bool]:
    """Select the silences that hold at an instant."""
    return and_(col(Silence.starts_at) <= now, col(Silence.ends_at) > now, col(Silence.lifted_at).is_(None))


def inside(scope: Scope) -> ColumnElement[bool]:
    """Select the silences of branches and units inside a scope."""
    branches, units = select(col(Branch.id)).where(scope.branches), select(col(Unit.id)).where(scope.units)
    return true() if scope.is_everything else or_(col(Silence.branch_id).in_(branches), col(Silence.unit_id).in_(units))


def has_silences(session: Session, now: datetime) -> bool:
    """Tell whether anything is silenced at an instant; mostly nothing is."""
    return session.scalar(select(col(Silence.id)).where(in_force(now)).limit(1)) is not None


def is_silenced(branch_id: SQLColumnExpression[int], now: Instant) -> ColumnElement[bool]:
    """Tell of a column of branches whether a silence holds for each, for its unit, or for one above that.

    Looked up row by row: what it costs follows the rows that are asked about, and the silences in force.
    """
    silence = table_of(Silence)
    branch, unit, root = table_of(Branch).alias("silent"), table_of(Unit).alias("place"), table_of(Unit).alias("root")
    found = (
        select(silence.c.id)
        .select_from(silence)
        .join(branch, branch.c.id == branch_id)
        .join(unit, unit.c.id == branch.c.unit_id)
        .join(root, root.c.id == silence.c.unit_id, isouter=True)
        .where(
            in_force(now),
            or_(
                silence.c.branch_id == branch.c.id,
                func.substr(unit.c.path, 1, func.length(root.c.path)) == root.c.path,
            ),
        )
    )
    return found.correlate_except(silence, branch, unit, root).exists()
