"""Branches: the leaves that do the work."""

from typing import Any

from sqlalchemy import ColumnElement, String, cast, func
from sqlmodel import Field, col

from config.vocabulary import BranchKind, BranchStatus, Grade
from models.base import Row, choice


class Branch(Row, table=True):
    """An organisation in an enterprise, or an enterprise that may yet found one; only active ones get work.

    `leader` is whom one speaks to there, `phone` the leader's number, sealed. `grade` is what the registry says;
    `graded` is the latest grading of a ledger, which holds before it: read `STANDING_GRADE`.
    """

    id: int = Field(default=None, primary_key=True)
    code: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=200)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    kind: BranchKind = Field(default=BranchKind.BRANCH, sa_type=choice(BranchKind))
    status: BranchStatus = Field(default=BranchStatus.ACTIVE, sa_type=choice(BranchStatus))
    members: int = 0
    employees: int = 0
    industry: str | None = Field(default=None, max_length=100)
    grade: str | None = Field(default=None, max_length=40)
    leader: str | None = Field(default=None, max_length=100)
    officer_id: int | None = Field(default=None, foreign_key="officer.id", index=True)
    phone: str | None = Field(default=None, max_length=400)
    graded: Grade | None = Field(default=None, sa_type=choice(Grade))


STANDING_GRADE: ColumnElement[Any] = func.coalesce(cast(col(Branch.graded), String), col(Branch.grade))
"""The grade that a branch bears: by the latest grading, or else by the registry."""
