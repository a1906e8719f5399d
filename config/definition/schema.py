"""The schema of a campaign file: what a campaign may say, and what it means where it says nothing."""

from datetime import date, timedelta
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from config.calendars import CALENDAR_CODE, Calendar
from config.definition import structure
from config.definition.expressions import Start
from config.definition.figures import FigureSpec
from config.definition.gates import GateSpec
from config.definition.ladder import Reminders, Rung, SendWindow
from config.definition.part import Part
from config.definition.stages import StageSpec
from config.definition.tasks import TaskSpec
from config.definition.text import Text
from config.definition.values import Code, TimezoneName
from config.documents import place
from config.errors import Refusal
from config.vocabulary import DayUnit

__all__ = [
    "Definition",
    "FigureSpec",
    "GateSpec",
    "Reminders",
    "Rung",
    "SendWindow",
    "StageSpec",
    "TaskSpec",
    "WaveSpec",
]

UnitName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
CalendarCode = Annotated[str, StringConstraints(pattern=rf"^{CALENDAR_CODE}$")]


class WaveSpec(Part):
    """A set of branches that starts together."""

    code: Code
    """What the wave is called by."""
    title: Text | None = None
    """What people are shown instead of its code."""
    starts: Start
    """The day it starts: a date, or counted from the day of launch."""
    units: tuple[UnitName, ...] = ()
    """The units in it with all below them, by code or by name; a wave without units takes everyone else."""

    @property
    def name(self) -> Text:
        """What people are shown: its title, or the code where it has none."""
        return self.title or Text.same(self.code)

    def placed(self, launch_day: date, calendar: Calendar) -> Self:
        """Turn a start that is counted from the launch into a date; a wave that has one stays as it is."""
        if self.starts.day is not None:
            return self
        if self.starts.unit is DayUnit.WORKDAYS:
            day = calendar.add_workdays(launch_day, self.starts.offset)
        else:
            day = launch_day + timedelta(days=self.starts.offset)
        return self.model_copy(update={"starts": Start(day)})


class Definition(Part):
    """A whole campaign as it was written down."""

    code: Code
    """What the campaign is called by."""
    title: Text
    """The name of the campaign."""
    note: Text | None = None
    """What every report of it says at its head, such as that its data is invented."""
    timezone: TimezoneName
    """The zone in which its days begin and end, such as Asia/Shanghai."""
    calendar: CalendarCode
    """The country whose working days count, such as CN, or a part of it, such as DE-BY."""
    waves: Annotated[tuple[WaveSpec, ...], Field(min_length=1)]
    """Who starts when."""
    reminders: Reminders = Reminders()
    """When messages may go out, and the ladder that late work climbs."""
    figures: tuple[FigureSpec, ...] = ()
    """The figures that tasks name by their codes."""
    stages: Annotated[tuple[StageSpec, ...], Field(min_length=1)]
    """The phases, in order."""

    @field_validator("stages")
    @classmethod
    def _write_out(cls, stages: tuple[StageSpec, ...], info: ValidationInfo) -> tuple[StageSpec, ...]:
        """Write out the stages that repeat, and the figures that tasks name by their codes."""
        declared = {figure.code: figure for figure in info.data.get("figures", ())}
        return tuple(each.with_declared(declared) for stage in stages for each in stage.written_out())

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        found = structure.find_faults(self.model_dump(mode="json"))
        faults = [f"{place(path)}: {what}" for path, what in found]
        if faults:
            raise PydanticCustomError(structure.FAULT, "{faults}", {"faults": "; ".join(faults)})
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which its days begin and end."""
        return ZoneInfo(self.timezone)

    def stage(self, code: str) -> StageSpec:
        """Find a stage; Refusal when the campaign has none of that code."""
        for stage in self.stages:
            if stage.code == code:
                return stage
        raise Refusal("campaign {campaign} has no stage {code}", campaign=self.code, code=code)

    def wave(self, code: str) -> WaveSpec:
        """Find a wave; Refusal when the campaign has none of that code."""
        for wave in self.waves:
            if wave.code == code:
                return wave
        raise Refusal("campaign {campaign} has no wave {code}", campaign=self.code, code=code)

    def resolve(self, launch_day: date, calendar: Calendar) -> Self:
        """Turn the starts that are counted from the launch into dates; done twice, it changes nothing more."""
        return self.model_copy(update={"waves": tuple(wave.placed(launch_day, calendar) for wave in self.waves)})
