"""The reminder ladder of a campaign file: when late work is chased, and whom the message goes to."""

from datetime import time
from typing import Annotated, Self

from pydantic import Field, model_validator

from config.definition.expressions import RungTime, Span
from config.definition.part import Part
from config.definition.values import ClockTime
from config.errors import WrongValue
from config.vocabulary import DayUnit, OfficerRole, SendDays


class SendWindow(Part):
    """When messages may go out, in the campaign's zone; outside it they are deferred, never dropped."""

    days: SendDays = SendDays.WORKING
    """On working days of the campaign's calendar, or on every day."""
    from_: ClockTime = Field(default=time(8, 30), alias="from", json_schema_extra={"default": "08:30"})
    """The minute at which it begins."""
    to: ClockTime = Field(default=time(18), json_schema_extra={"default": "18:00"})
    """The minute at which it ends."""

    @model_validator(mode="after")
    def _end_after_start(self) -> Self:
        if self.from_ >= self.to:
            raise WrongValue("from {first:%H:%M} is not before to {last:%H:%M}", first=self.from_, last=self.to)
        return self


class Rung(Part):
    """One step of the reminder ladder."""

    at: RungTime
    """The day it is reached, counted from the last allowed day."""
    to: Annotated[tuple[OfficerRole, ...], Field(min_length=1)]
    """Who is written to."""
    every: Span | None = None
    """The distance between repetitions."""
    times: Annotated[int, Field(ge=1, le=100)] = 1
    """How many times in all, the first included."""
    thinning: bool = False
    """Whether each distance is twice the one before: 5, 10, 20 days and so on."""

    @model_validator(mode="after")
    def _pair_every_with_times(self) -> Self:
        if self.times > 1 and self.every is None:
            raise WrongValue("times: {times} needs every, the distance between them", times=self.times)
        if self.times == 1 and self.every is not None:
            raise WrongValue("every: {every} needs times, how many in all", every=self.every)
        if self.times == 1 and self.thinning:
            raise WrongValue("thinning needs every and times, the repetitions that become rarer")
        return self


def _default_rungs() -> tuple[Rung, ...]:
    liaison, group, coordinator = OfficerRole.LIAISON, OfficerRole.GROUP, OfficerRole.COORDINATOR
    return (
        Rung(at=RungTime(-3, DayUnit.WORKDAYS), to=(liaison,)),
        Rung(at=RungTime(), to=(liaison,)),
        Rung(at=RungTime(1, DayUnit.WORKDAYS), every=Span(1, DayUnit.WORKDAYS), times=5, to=(liaison,)),
        Rung(at=RungTime(3, DayUnit.WORKDAYS), every=Span(2, DayUnit.WORKDAYS), times=3, to=(liaison, group)),
        Rung(at=RungTime(7, DayUnit.WORKDAYS), to=(coordinator,)),
        # However old, late work is never forgotten: 10, 15, 25, 45, 85 and 165 working days after.
        Rung(at=RungTime(10, DayUnit.WORKDAYS), every=Span(5, DayUnit.WORKDAYS), times=6, thinning=True, to=(liaison,)),
    )


class Reminders(Part):
    """When messages may go out, and the ladder that late work climbs."""

    window: SendWindow = SendWindow()
    """When messages may go out."""
    rungs: tuple[Rung, ...] = Field(default_factory=_default_rungs)
    """The steps, from the first to the highest."""
