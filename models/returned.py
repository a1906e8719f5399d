"""Returns: the figures of a stage that a unit has passed on, in versions that stay."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    Index,
    SQLColumnExpression,
    UniqueConstraint,
    and_,
    func,
    select,
    text,
)
from sqlmodel import Field, Session, col

from models.base import Row
from models.campaign import Task
from models.dialects import table_of
from models.unit import Unit


class UnitReturn(Row, table=True):
    """One version of what a unit passed on for a stage: the sums over all below it.

    Never changed, except that it is noted when it was corrected (`outdated_at`: it counts until the next version, and
    what it was made of may be changed) and when the next version took its place (`replaced_at`). `reason` says why
    something was missing, or why there is another version. `missing` counts the pieces of work it does without.
    """

    __tablename__ = "unit_return"
    __table_args__ = (
        UniqueConstraint("stage_id", "unit_id", "version"),
        Index(
            "ix_unit_return_latest",
            "stage_id",
            "unit_id",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
        CheckConstraint("(outdated_at IS NULL) = (outdated_by IS NULL)", name="outdated_by_somebody"),
    )

    id: int = Field(default=None, primary_key=True)
    stage_id: int = Field(foreign_key="stage.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    version: int
    missing: int = 0
    passed_at: datetime
    passed_by: str = Field(max_length=100)
    reason: str | None = Field(default=None, max_length=1000)
    outdated_at: datetime | None = None
    outdated_by: str | None = Field(default=None, max_length=100)
    outdated_reason: str | None = Field(default=None, max_length=1000)
    replaced_at: datetime | None = None


class ReturnFigure(Row, table=True):
    """One figure of one version, in the smallest step of its kind."""

    __tablename__ = "return_figure"

    return_id: int = Field(foreign_key="unit_return.id", primary_key=True)
    code: str = Field(max_length=40, primary_key=True)
    value: int = Field(sa_type=BigInteger)


class ReturnPart(Row, table=True):
    """The version of a unit right below that a version was made of; what no part brought came from branches."""

    __tablename__ = "return_part"

    return_id: int = Field(foreign_key="unit_return.id", primary_key=True)
    part_id: int = Field(foreign_key="unit_return.id", primary_key=True, index=True)


def holds() -> ColumnElement[bool]:
    """Select the versions that hold fast what they were made of."""
    return and_(col(UnitReturn.replaced_at).is_(None), col(UnitReturn.outdated_at).is_(None))


def has_returns(session: Session) -> bool:
    """Tell whether anything was passed on and holds; where no campaign asks for returns, nothing is."""
    return session.scalar(select(col(UnitReturn.id)).where(holds()).limit(1)) is not None


def is_passed_on(task_id: SQLColumnExpression[int], unit_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Tell of columns of tasks and of units whether the return of the unit, or of one above it, holds such work.

    Looked up row by row: what it costs follows the rows that are asked about.
    """
    task, place, root = table_of(Task).alias("passed"), table_of(Unit).alias("counted"), table_of(Unit).alias("holder")
    found = (
        select(col(UnitReturn.id))
        .select_from(UnitReturn)
        .join(task, task.c.stage_id == col(UnitReturn.stage_id))
        .join(root, root.c.id == col(UnitReturn.unit_id))
        .join(place, func.substr(place.c.path, 1, func.length(root.c.path)) == root.c.path)
        .where(holds(), task.c.id == task_id, place.c.id == unit_id)
    )
    return found.correlate_except(table_of(UnitReturn), task, place, root).exists()
