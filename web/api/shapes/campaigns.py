"""The JSON of campaigns: what they run by, and when."""

from datetime import date
from typing import Any, Self

from pydantic import ConfigDict

from actions.reading.campaigns import CampaignState
from actions.reading.schedule import WindowState
from config.definition.schema import Definition, FigureSpec, StageSpec, TaskSpec
from config.vocabulary import AT_WORK, CampaignStatus, FigureKind, StageKind, WindowStatus
from web.api.shapes.shape import Instant, Shape, TextShape

_EXAMPLE: dict[str, Any] = {
    "campaign": "baoding-2009",
    "title": {"zh": "保定市非公企业学习实践活动", "en": "Baoding 2009"},
    "status": "running",
    "revision": 1,
    "open": ["mobilization/pilot", "mobilization/main"],
    "launched_at": "2009-09-01T01:00:00Z",
    "launched_by": "wang.min",
    "ended_at": None,
}


class CampaignShape(Shape):
    """A campaign."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    campaign: str
    """Its code."""
    title: TextShape
    """Its name."""
    status: CampaignStatus
    """Whether it is running."""
    revision: int
    """Grows with each amendment of what it runs by."""
    open: tuple[str, ...]
    """The windows that are open or held, as `stage/wave`, of those that the caller's branches take part in."""
    launched_at: Instant
    """When it was launched."""
    launched_by: str
    """By whom."""
    ended_at: Instant | None
    """When its last window had closed."""

    @classmethod
    def of(cls, found: CampaignState, windows: tuple[WindowState, ...]) -> Self:
        """Shape a campaign as a line of the list."""
        return cls(**_fields(found, windows))


class CampaignsShape(Shape):
    """The campaigns there are, the newest first."""

    items: tuple[CampaignShape, ...]
    """All of them."""


class FigureShape(Shape):
    """A figure that a task asks for."""

    figure: str
    """Its code."""
    title: TextShape
    """Its name."""
    kind: FigureKind
    """A count is a whole number, an amount has two decimals."""
    required: bool
    """Whether an answer has to give it."""
    unit: TextShape | None
    """What it is counted in."""

    @classmethod
    def of(cls, spec: FigureSpec) -> Self:
        """Shape a figure of the definition."""
        return cls(
            figure=spec.code,
            title=TextShape.of(spec.title),
            kind=spec.kind,
            required=spec.required,
            unit=TextShape.of(spec.unit) if spec.unit else None,
        )


class TaskShape(Shape):
    """An item of a stage's check list."""

    task: str
    """Its code within the stage."""
    title: TextShape
    """What is to be done."""
    figures: tuple[FigureShape, ...]
    """The figures that an answer brings."""
    evidence: bool
    """Whether an answer is to come with evidence."""

    @classmethod
    def of(cls, spec: TaskSpec) -> Self:
        """Shape a task of the definition."""
        return cls(
            task=spec.code,
            title=TextShape.of(spec.title),
            figures=tuple(map(FigureShape.of, spec.figures)),
            evidence=spec.evidence,
        )


class StageShape(Shape):
    """A phase of the campaign."""

    stage: str
    """Its code."""
    title: TextShape
    """Its name."""
    kind: StageKind
    """The work that it adds to opening, chasing and closing."""
    tasks: tuple[TaskShape, ...]
    """Its check list."""

    @classmethod
    def of(cls, spec: StageSpec) -> Self:
        """Shape a stage of the definition."""
        return cls(
            stage=spec.code,
            title=TextShape.of(spec.title),
            kind=spec.kind,
            tasks=tuple(map(TaskShape.of, spec.tasks)),
        )


class WindowShape(Shape):
    """One stage for one wave."""

    stage: str
    """The code of the stage."""
    wave: str
    """The code of the wave."""
    status: WindowStatus
    """Whether it is planned, open, held by its gate, or closed."""
    first_day: date
    """Its first day."""
    last_day: date
    """The last day before its planned close."""
    is_forecast: bool
    """Whether its days still follow from a window that is not closed."""
    opens_at: Instant
    """When its first day begins."""
    closes_at: Instant
    """When its last day has ended: the planned close."""
    closed_at: Instant | None
    """When it was closed."""

    @classmethod
    def of(cls, found: WindowState) -> Self:
        """Shape a window as it was read."""
        return cls(**{name: getattr(found, name) for name in cls.model_fields})


class CampaignDetailShape(CampaignShape):
    """A campaign with its stages, and the windows that the caller's branches take part in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                _EXAMPLE
                | {
                    "timezone": "Asia/Shanghai",
                    "calendar": "CN",
                    "stages": [
                        {
                            "stage": "mobilization",
                            "title": {"zh": "动员部署", "en": "Mobilization"},
                            "kind": "mobilization",
                            "tasks": [
                                {
                                    "task": "survey",
                                    "title": {"zh": "摸清底数", "en": "Survey"},
                                    "figures": [
                                        {
                                            "figure": "members",
                                            "title": {"zh": "党员数", "en": "Members"},
                                            "kind": "count",
                                            "required": True,
                                            "unit": {"zh": "人", "en": "persons"},
                                        }
                                    ],
                                    "evidence": False,
                                }
                            ],
                        }
                    ],
                    "windows": [
                        {
                            "stage": "mobilization",
                            "wave": "pilot",
                            "status": "open",
                            "first_day": "2009-09-07",
                            "last_day": "2009-09-24",
                            "is_forecast": False,
                            "opens_at": "2009-09-06T16:00:00Z",
                            "closes_at": "2009-09-24T16:00:00Z",
                            "closed_at": None,
                        }
                    ],
                }
            ]
        }
    )

    timezone: str
    """The zone in which its days begin and end."""
    calendar: str
    """Whose working days count."""
    stages: tuple[StageShape, ...]
    """Its phases, in order."""
    windows: tuple[WindowShape, ...]
    """When each stage runs for each wave."""

    @classmethod
    def of_detail(cls, found: CampaignState, definition: Definition, windows: tuple[WindowState, ...]) -> Self:
        """Shape a campaign with what it runs by."""
        return cls(
            **_fields(found, windows),
            timezone=definition.timezone,
            calendar=definition.calendar,
            stages=tuple(map(StageShape.of, definition.stages)),
            windows=tuple(map(WindowShape.of, windows)),
        )


def _fields(found: CampaignState, windows: tuple[WindowState, ...]) -> dict[str, Any]:
    same = {name: getattr(found, name) for name in CampaignShape.model_fields if name not in {"title", "open"}}
    at_work = tuple(f"{window.stage}/{window.wave}" for window in windows if window.status in AT_WORK)
    return same | {"title": TextShape.of(found.title), "open": at_work}
