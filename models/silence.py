"""Silences: for a time nobody is reminded about a branch, or about any branch of a unit."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from models.base import Row


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
