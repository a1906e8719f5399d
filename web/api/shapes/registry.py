"""The JSON of the registry: units and branches."""

from typing import Self

from pydantic import ConfigDict

from actions.reading.branch_list import BranchState
from actions.reading.tree import UnitState
from config.vocabulary import BranchKind, BranchStatus, UnitLevel
from web.api.shapes.paging import PageQuery, PageShape
from web.api.shapes.shape import Code, Name, Shape


class UnitShape(Shape):
    """A unit of the tree."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"unit": "130683", "name": "安国市", "level": "county", "parent": "130600"}],
        }
    )

    unit: str
    """Its code."""
    name: str
    """Its name."""
    level: UnitLevel
    """Where it stands in the tree."""
    parent: str | None
    """The code of the unit above; null at the top of the tree, and of what the caller sees of it."""

    @classmethod
    def of(cls, found: UnitState) -> Self:
        """Shape a unit as it was read."""
        return cls(unit=found.unit, name=found.name, level=found.level, parent=found.parent)


class UnitPage(PageShape[UnitShape]):
    """Some units."""


class UnitQuery(PageQuery):
    """Which units are asked for; all conditions hold at once."""

    parent: Name | None = None
    """Those right below a unit, by its code, or by its name where that is unique."""
    level: UnitLevel | None = None
    """Those of a level."""


class BranchShape(Shape):
    """A branch of the registry."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "branch": "130683-001",
                    "name": "澜禾药业党支部",
                    "unit": "130683",
                    "unit_name": "安国市",
                    "kind": "branch",
                    "status": "active",
                    "members": 14,
                    "employees": 220,
                    "industry": "医药",
                    "grade": "good",
                    "leader": "王建国",
                    "officer": "L130683-01",
                    "officer_name": "李敏",
                }
            ],
        }
    )

    branch: str
    """Its code."""
    name: str
    """Its name."""
    unit: str
    """The code of its unit."""
    unit_name: str
    """The name of its unit."""
    kind: BranchKind
    """Of which kind it is."""
    status: BranchStatus
    """Whether it is at work: only active branches get tasks."""
    members: int
    """How many members it has."""
    employees: int
    """How many people work in the enterprise."""
    industry: str | None
    """The trade of the enterprise."""
    grade: str | None
    """Its grade: by the latest grading in a ledger, or else by the registry."""
    leader: str | None
    """Whom one speaks to there."""
    officer: str | None
    """The code of the officer who answers for it."""
    officer_name: str | None
    """The name of that officer."""

    @classmethod
    def of(cls, found: BranchState) -> Self:
        """Shape a branch as it was read."""
        return cls(
            branch=found.branch,
            name=found.name,
            unit=found.unit,
            unit_name=found.unit_name,
            kind=found.kind,
            status=found.status,
            members=found.members,
            employees=found.employees,
            industry=found.industry,
            grade=found.grade,
            leader=found.leader,
            officer=found.officer,
            officer_name=found.officer_name,
        )


class BranchPage(PageShape[BranchShape]):
    """Some branches."""


class BranchQuery(PageQuery):
    """Which branches are asked for; all conditions hold at once."""

    campaign: Code | None = None
    """Those that take part in a campaign, by its code."""
    unit: Name | None = None
    """Those of a unit or one below it, by its code, or by its name where that is unique."""
    officer: Code | None = None
    """Those that an officer answers for, by the officer's code."""
    kind: BranchKind | None = None
    """Those of a kind."""
    status: BranchStatus | None = None
    """Those of a status."""
