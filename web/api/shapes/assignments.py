"""The JSON of assignments, and of what is done with them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field

from actions.reading.assignments import AssignmentState
from actions.reading.suggestions import Suggestions
from config.vocabulary import AssignmentStatus, FigureOrigin, Measure, Standing
from web.api.shapes.paging import PageQuery, PageShape
from web.api.shapes.shape import AskedInstant, Code, Instant, Name, Note, Reason, Shape, TextShape

BY_THE_CLOCK = ("standing", "late")
"""What changes with time alone: it is no part of the tag."""

_EXAMPLE: dict[str, Any] = {
    "assignment": 4711,
    "campaign": "baoding-2009",
    "branch": "130683-001",
    "branch_name": "澜禾药业党支部",
    "unit": "130683",
    "unit_name": "安国市",
    "officer": "L130683-01",
    "stage": "mobilization",
    "task": "survey",
    "title": {"zh": "摸清底数", "en": "Survey"},
    "due": "2009-09-14T16:00:00Z",
    "last_day": "2009-09-14",
    "status": "open",
    "standing": "overdue",
    "late": True,
    "done_at": None,
    "done_by": None,
    "note": None,
    "figures": {},
}


class AssignmentShape(Shape):
    """A task of a branch."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    assignment: int
    """Its number: what its address ends with."""
    campaign: str
    """The code of the campaign."""
    branch: str
    """The code of the branch."""
    branch_name: str
    """The name of the branch."""
    unit: str
    """The code of the unit that it counts for."""
    unit_name: str
    """The name of that unit."""
    officer: str | None
    """The code of the officer who answers for the branch now."""
    stage: str
    """The code of the stage."""
    task: str
    """The code of the task."""
    title: TextShape
    """What is to be done."""
    due: Instant
    """The deadline: from this instant on it is overdue."""
    last_day: date
    """The last allowed day, in the campaign's zone: what people are shown."""
    status: AssignmentStatus
    """Whether it is open, done or waived."""
    standing: Standing
    """How it stands now, open work by its deadline."""
    late: bool
    """Whether it is overdue, or was done at or after its deadline."""
    done_at: Instant | None
    """When it was done."""
    done_by: str | None
    """Who said so."""
    note: str | None
    """What was said beside it."""
    figures: dict[str, int | float]
    """The figures of the answer by their codes."""

    @classmethod
    def of(cls, found: AssignmentState) -> Self:
        """Shape an assignment as it was read."""
        state = found.state
        return cls(
            assignment=found.number,
            campaign=found.campaign,
            branch=found.branch,
            branch_name=found.branch_name,
            unit=found.unit,
            unit_name=found.unit_name,
            officer=found.officer,
            stage=state.stage,
            task=state.task,
            title=TextShape.of(state.title),
            due=state.due_at,
            last_day=state.last_day,
            status=state.status,
            standing=state.standing,
            late=state.late,
            done_at=state.done_at,
            done_by=state.done_by,
            note=state.note,
            figures=numbers(state.figures),
        )


class ProposalShape(Shape):
    """A figure that is proposed for the answer, to be checked."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"figure": "members", "value": 14, "source": "last"}]})

    figure: str
    """The code of the figure."""
    value: int | float
    """What is proposed."""
    source: FigureOrigin | Measure
    """Where it comes from: `last`, what was answered a period before, or a measure of what was recorded."""


class ProposalsShape(Shape):
    """What is proposed for an answer."""

    items: tuple[ProposalShape, ...]
    """The figures of which something is known."""

    @classmethod
    def of(cls, found: Suggestions) -> Self:
        """Shape proposals as they were read."""
        values = numbers({code: each.value for code, each in found.items()})
        return cls(
            items=tuple(
                ProposalShape(figure=code, value=values[code], source=each.origin) for code, each in found.items()
            )
        )


class AssignmentPage(PageShape[AssignmentShape]):
    """Some assignments, by their numbers."""


class AssignmentQuery(PageQuery):
    """Which assignments are asked for; all conditions hold at once."""

    campaign: Code | None = None
    """Those of a campaign, by its code."""
    unit: Name | None = None
    """Those that count for a unit or one below it, by its code, or by its name where that is unique."""
    branch: Code | None = None
    """Those of a branch, by its code."""
    stage: Code | None = None
    """Those of the stages of a code."""
    task: Code | None = None
    """Those of the tasks of a code."""
    status: AssignmentStatus | None = None
    """Those that are open, done or waived."""
    standing: Standing | None = None
    """Those that stand so now, such as `overdue`."""
    due_after: AskedInstant | None = None
    """Those due at this instant or later."""
    due_before: AskedInstant | None = None
    """Those due before this instant."""


Figures = Annotated[
    dict[Code, Annotated[Decimal, Field(max_digits=30, decimal_places=6, allow_inf_nan=False)]],
    Field(max_length=100, default_factory=dict),
]
"""Figures that somebody gives, by their codes."""


class AnswerShape(Shape):
    """What a branch answers."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"figures": {"members": 14}, "note": "全部走访完毕"}]})

    figures: Figures
    """The figures that the task asks for, by their codes; amounts may be given as text, to be exact."""
    note: Note | None = None
    """What else is to be said."""


class ReopeningShape(Shape):
    """Why settled work is opened again."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "填报人数有误"}]})

    reason: Reason
    """Why, for the audit record."""


def numbers(figures: Mapping[str, int | Decimal]) -> dict[str, int | float]:
    """Write figures as the numbers of JSON."""
    return {code: value if isinstance(value, int) else float(value) for code, value in figures.items()}
