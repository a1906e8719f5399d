"""The JSON of problems: found, given an owner, solved, verified."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import ConfigDict, StringConstraints

from actions.reading.problems import ProblemState
from config.vocabulary import ProblemStatus
from web.api.shapes.paging import PageQuery, PageShape
from web.api.shapes.shape import Code, Instant, Name, Note, Shape

_EXAMPLE: dict[str, Any] = {
    "problem": 12,
    "branch": "130683-001",
    "branch_name": "澜禾药业党支部",
    "stage": "rectification",
    "title": "没有活动场地",
    "owner": "李敏",
    "due": "2009-12-18T16:00:00Z",
    "last_day": "2009-12-18",
    "category": "场地",
    "measures": None,
    "status": "open",
    "late": False,
    "found_at": "2009-11-02T01:00:00Z",
    "found_by": "wang.min",
    "solved_at": None,
    "solved_by": None,
    "note": None,
    "verified_at": None,
    "verified_by": None,
}

_BLANK = r"^[^\x00]*[^\x00\s][^\x00]*$"
ProblemTitle = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400, pattern=_BLANK)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=_BLANK)]


class ProblemShape(Shape):
    """A problem of a branch."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    problem: int
    """Its number within the campaign."""
    branch: str
    """The code of the branch."""
    branch_name: str
    """The name of the branch."""
    stage: str
    """The code of the stage that chases it."""
    title: str
    """What it is."""
    owner: str | None
    """Who answers for solving it."""
    due: Instant | None
    """The deadline: from this instant on it is late."""
    last_day: date | None
    """The last allowed day, in the campaign's zone."""
    category: str | None
    """What it is counted under."""
    measures: str | None
    """What is to be done about it."""
    status: ProblemStatus
    """Whether it is open or solved."""
    late: bool
    """Whether it is open past its deadline, or was solved at or after it."""
    found_at: Instant
    """When it was recorded."""
    found_by: str
    """By whom."""
    solved_at: Instant | None
    """When it was solved."""
    solved_by: str | None
    """Who said so."""
    note: str | None
    """How."""
    verified_at: Instant | None
    """When somebody looked and found it solved."""
    verified_by: str | None
    """Who."""

    @classmethod
    def of(cls, state: ProblemState) -> Self:
        """Shape a problem as it was read."""
        same = {name: getattr(state, name) for name in cls.model_fields if name not in ("problem", "due")}
        return cls(problem=state.number, due=state.due_at, **same)


class ProblemPage(PageShape[ProblemShape]):
    """Some problems, the latest found first."""


class ProblemQuery(PageQuery):
    """Which problems are asked for; all conditions hold at once."""

    unit: Name | None = None
    """Those of a unit and all below it, by its code, or by its name where that is unique."""
    branch: Code | None = None
    """Those of a branch, by its code."""
    status: ProblemStatus | None = None
    """Those that are open, or solved."""
    category: Words | None = None
    """Those of a category."""


class FindingShape(Shape):
    """A problem that a branch found."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"branch": "130683-001", "title": "没有活动场地"}]})

    branch: Code
    """The code of the branch."""
    title: ProblemTitle
    """What it is, in a line."""
    owner: Words | None = None
    """Who answers for solving it."""
    due: date | None = None
    """The last day for solving it, in the campaign's zone."""
    category: Words | None = None
    """What it is counted under."""
    measures: Note | None = None
    """What is to be done about it."""


class OwnershipShape(Shape):
    """Who answers for a problem, by when, and how; what is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"owner": "李敏", "due": "2009-12-18"}]})

    owner: Words | None = None
    """Who answers for solving it."""
    due: date | None = None
    """The last day for solving it, in the campaign's zone."""
    category: Words | None = None
    """What it is counted under."""
    measures: Note | None = None
    """What is to be done about it."""


class SolutionShape(Shape):
    """That a problem is solved."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"note": "租到了房子"}]})

    note: Note | None = None
    """How."""
