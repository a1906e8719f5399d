"""The JSON of returns: how they stand, what they come to, and how they are passed on and corrected."""

from datetime import date
from typing import Any, Self

from pydantic import ConfigDict

from actions.reading.return_list import ReturnLine
from actions.reading.returns import PartState, ReturnState, VersionState
from actions.returns.making import MissingWork
from config.vocabulary import ReturnStatus
from web.api.shapes.assignments import Figures, numbers
from web.api.shapes.shape import Code, Instant, Reason, Shape

Numbers = dict[str, int | float]

_EXAMPLE: dict[str, Any] = {
    "stage": "q1",
    "unit": "130683",
    "unit_name": "安国市",
    "since": "2027-01-01",
    "until": "2027-03-31",
    "status": "passed_on",
    "version": 1,
    "figures": {"organisations": 41, "committees": 2, "branches": 37, "joint_branches": 2},
    "before": {},
    "recorded": {},
    "parts": [],
    "missing": [],
    "versions": [],
    "faults": {},
}


class ReturnLineShape(Shape):
    """How the return of one unit stands."""

    unit: str
    """The code of the unit."""
    unit_name: str
    """Its name."""
    status: ReturnStatus
    """Whether it has been passed on, and not corrected since."""
    missing: int
    """How much of the work of its own branches is open."""
    version: int | None
    """The latest version."""
    passed_at: Instant | None
    """When that was passed on."""
    passed_by: str | None
    """By whom."""

    @classmethod
    def of(cls, line: ReturnLine) -> Self:
        """Shape a line of the list."""
        return cls(
            unit=line.unit,
            unit_name=line.unit_name,
            status=line.status,
            missing=line.missing,
            version=line.version,
            passed_at=line.passed_at,
            passed_by=line.passed_by,
        )


class ReturnsShape(Shape):
    """The returns of a stage."""

    items: tuple[ReturnLineShape, ...]
    """Those of all units at work in it that the caller sees, in the order of the tree."""


class PartShape(Shape):
    """What one part brings to a return."""

    unit: str
    """The code of a unit right below; of the unit itself for its own branches."""
    unit_name: str
    """The name of that unit."""
    status: ReturnStatus
    """How its own return stands."""
    version: int | None
    """Which version of it was added up."""
    figures: Numbers
    """What it brings."""

    @classmethod
    def of(cls, part: PartState) -> Self:
        """Shape a part."""
        return cls(
            unit=part.unit,
            unit_name=part.unit_name,
            status=part.status,
            version=part.version,
            figures=numbers(part.figures),
        )


class MissingShape(Shape):
    """A piece of work that a return waits for."""

    branch: str
    """The code of the branch."""
    branch_name: str
    """Its name."""
    task: str
    """The code of the task."""

    @classmethod
    def of(cls, work: MissingWork) -> Self:
        """Shape a piece of work."""
        return cls(branch=work.branch, branch_name=work.branch_name, task=work.task)


class VersionShape(Shape):
    """One version of a return."""

    version: int
    """Its number, counted from 1."""
    missing: int
    """How many pieces of work and units it does without."""
    passed_at: Instant
    """When it was passed on."""
    passed_by: str
    """By whom."""
    reason: str | None
    """Why something is missing, or why it is another version."""
    outdated_at: Instant | None
    """When what it was made of was corrected."""
    outdated_by: str | None
    """By whom."""
    outdated_reason: str | None
    """Why."""
    replaced_at: Instant | None
    """When the next version took its place."""
    figures: Numbers
    """What was passed on."""

    @classmethod
    def of(cls, version: VersionState) -> Self:
        """Shape a version."""
        return cls(
            version=version.version,
            missing=version.missing,
            passed_at=version.passed_at,
            passed_by=version.passed_by,
            reason=version.reason,
            outdated_at=version.outdated_at,
            outdated_by=version.outdated_by,
            outdated_reason=version.outdated_reason,
            replaced_at=version.replaced_at,
            figures=numbers(version.figures),
        )


class ReturnShape(Shape):
    """The return of a unit in a stage."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    stage: str
    """The code of the stage."""
    unit: str
    """The code of the unit."""
    unit_name: str
    """Its name."""
    since: date
    """The first of the days that the figures speak of."""
    until: date
    """The last of them."""
    status: ReturnStatus
    """Whether it has been passed on, and not corrected since."""
    version: int | None
    """The version whose figures these are; null for what would be passed on now."""
    figures: Numbers
    """The sums, by the codes of the figures."""
    before: Numbers
    """What the unit passed on for the period before."""
    recorded: Numbers
    """What the ledgers say of the figures that are taken from there."""
    parts: tuple[PartShape, ...]
    """What each part brings, own branches first."""
    missing: tuple[MissingShape, ...]
    """The work of own branches that it waits for."""
    versions: tuple[VersionShape, ...]
    """Every version, the first one first."""
    faults: dict[str, str]
    """By the codes of figures that are yet to go on, why they cannot."""

    @classmethod
    def of(cls, found: ReturnState) -> Self:
        """Shape a return as it was read."""
        return cls(
            stage=found.stage,
            unit=found.unit,
            unit_name=found.unit_name,
            since=found.period.since,
            until=found.period.until,
            status=found.status,
            version=found.shown,
            figures=numbers(found.figures),
            before=numbers(found.before),
            recorded=numbers(found.recorded),
            parts=tuple(map(PartShape.of, found.parts)),
            missing=tuple(map(MissingShape.of, found.missing)),
            versions=tuple(map(VersionShape.of, found.versions)),
            faults={code: str(why) for code, why in found.faults.items()},
        )


class PassingOnShape(Shape):
    """How a return is passed on."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}, {"incomplete": True, "reason": "两个支部停产"}]})

    incomplete: bool = False
    """Whether it goes on although somebody is missing or a figure fell; that needs a reason."""
    reason: Reason | None = None
    """Why, for the record."""


class ReturnCorrectionShape(Shape):
    """What is wrong with a return that was passed on."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"branch": "130683-001", "task": "growth", "figures": {"people_trained": 12}, "reason": "重复统计"}
            ]
        }
    )

    branch: Code | None = None
    """The branch whose answer was wrong; without one the return is only opened, for what was missing in it."""
    task: Code | None = None
    """The task that it answered wrong."""
    figures: Figures
    """What is right, by the codes of the figures; without any, the answer is taken back."""
    reason: Reason
    """Why, for the record."""
