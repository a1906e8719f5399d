"""The JSON of progress: counts, and the two shares that are never mixed."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field

from actions.reading.overview.progress import Progress
from actions.reading.overview.units import PartState
from actions.reading.overview.windows import WindowState
from config.vocabulary import WindowStatus
from rules.progress import Tally, completeness, overdue, timeliness
from web.api.shapes.shape import Instant, Name, Shape

Share = Annotated[float, Field(ge=0, le=1)] | None

_TALLY: dict[str, Any] = {
    "total": 40,
    "done": 30,
    "waived": 2,
    "overdue": 3,
    "completeness": 0.7894736842105263,
    "timeliness": 0.9,
}


class TallyShape(Shape):
    """How much is done."""

    model_config = ConfigDict(json_schema_extra={"examples": [_TALLY]})

    total: int
    """How many assignments there are."""
    done: int
    """How many were answered."""
    waived: int
    """How many were let off: in no other count but the total."""
    overdue: int
    """How many are open past their deadline."""
    completeness: Share
    """The share done; null when nothing counts."""
    timeliness: Share
    """The share done in time of what was due by now; null when nothing was."""

    @classmethod
    def of(cls, tally: Tally) -> Self:
        """Shape counts held against an instant."""
        return cls(
            total=tally.total,
            done=tally.done,
            waived=tally.waived,
            overdue=overdue(tally),
            completeness=completeness(tally),
            timeliness=timeliness(tally),
        )


class WindowProgressShape(Shape):
    """How one stage stands for one wave."""

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
    tally: TallyShape
    """How much is done in it."""

    @classmethod
    def of(cls, found: WindowState) -> Self:
        """Shape a window as it was read."""
        return cls(
            stage=found.stage,
            wave=found.wave,
            status=found.status,
            first_day=found.days.first,
            last_day=found.days.last,
            tally=TallyShape.of(found.tally),
        )


class UnitProgressShape(Shape):
    """How a unit stands, with all below it."""

    unit: str
    """Its code."""
    name: str
    """Its name."""
    is_own: bool
    """Whether it is the unit that was asked for, for the branches of its own alone."""
    tally: TallyShape
    """How much is done in it."""
    stages: dict[str, TallyShape]
    """The same by the codes of the stages."""

    @classmethod
    def of(cls, found: PartState) -> Self:
        """Shape a unit as it was read."""
        return cls(
            unit=found.part.unit,
            name=found.part.name,
            is_own=found.part.is_own,
            tally=TallyShape.of(found.tally),
            stages={stage: TallyShape.of(found.of_stage(stage)) for stage, _ in found.windows},
        )


class ProgressShape(Shape):
    """How a campaign stands in a unit and all below it, or in all that the caller sees."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "campaign": "baoding-2009",
                    "at": "2009-09-15T02:00:00Z",
                    "unit": "130600",
                    "unit_name": "保定市",
                    "branches": 20,
                    "tally": _TALLY,
                    "windows": [
                        {
                            "stage": "mobilization",
                            "wave": "main",
                            "status": "open",
                            "first_day": "2009-09-14",
                            "last_day": "2009-09-30",
                            "tally": _TALLY,
                        }
                    ],
                    "units": [
                        {
                            "unit": "130683",
                            "name": "安国市",
                            "is_own": False,
                            "tally": _TALLY,
                            "stages": {"mobilization": _TALLY},
                        }
                    ],
                }
            ]
        }
    )

    campaign: str
    """The code of the campaign."""
    at: Instant
    """The instant that deadlines were held against."""
    unit: str | None
    """The code of the unit; null where the tree has several roots and none was named."""
    unit_name: str | None
    """The name of the unit."""
    branches: int
    """How many branches take part."""
    tally: TallyShape
    """How much is done in all."""
    windows: tuple[WindowProgressShape, ...]
    """How each stage stands for each wave."""
    units: tuple[UnitProgressShape, ...]
    """How each unit right below stands."""

    @classmethod
    def of(cls, found: Progress) -> Self:
        """Shape the progress as it was read."""
        return cls(
            campaign=found.campaign,
            at=found.at,
            unit=found.unit,
            unit_name=found.unit_name,
            branches=found.branches,
            tally=TallyShape.of(found.tally),
            windows=tuple(map(WindowProgressShape.of, found.windows)),
            units=tuple(map(UnitProgressShape.of, found.parts)),
        )


class ProgressQuery(Shape):
    """Where the progress is asked for."""

    unit: Name | None = None
    """In a unit and all below it, by its code, or by its name where that is unique; else in all that is seen."""
