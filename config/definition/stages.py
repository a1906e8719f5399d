"""The stages of a campaign file, and what one that repeats stands for."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from config.definition.expressions import Opening, Span
from config.definition.figures import FigureSpec
from config.definition.gates import GateSpec
from config.definition.part import Part
from config.definition.repeating import LONGEST_REPEATED, PeriodSpec, RepeatSpec, numbered
from config.definition.tasks import TaskSpec
from config.definition.text import Text
from config.definition.values import Code
from config.errors import Refusal, WrongValue
from config.vocabulary import OpeningAnchor, StageKind

_TITLES = {
    StageKind.MOBILIZATION: Text(zh="动员部署", en="Mobilization"),
    StageKind.STUDY: Text(zh="学习调研", en="Study"),
    StageKind.ANALYSIS: Text(zh="分析检查", en="Analysis"),
    StageKind.RECTIFICATION: Text(zh="整改落实", en="Rectification"),
}


class StageSpec(Part):
    """A phase of the campaign; every wave goes through it in a window of its own."""

    code: Code
    """What the stage is called by."""
    title: Text = Field(default_factory=lambda said: _title(said["code"]))
    """The name of the stage; the built-in ones have one already."""
    kind: StageKind = Field(default_factory=lambda said: _kind(said["code"]))
    """The work it adds to opening, chasing and closing; where nothing is said, as its code, or plain."""
    opens: Opening
    """When a wave's window opens: with its wave, after an earlier stage, or on a date."""
    lasts: Span
    """How long it lasts; the opening day is the first day, where it counts."""
    guidance: Text | None = None
    """What the stage is about, in the words of who runs it."""
    check_points: tuple[Text, ...] = ()
    """What a visiting group looks at."""
    gate: GateSpec = GateSpec()
    """What must be true for a window to close."""
    tasks: tuple[TaskSpec, ...] = ()
    """The check list of every branch."""
    repeats: RepeatSpec | None = None
    """That it comes again, each quarter for example: it then stands for several stages, `q` for `q1`, `q2` and on."""
    period: PeriodSpec | None = None
    """The days that its figures speak of; a stage that repeats has them by itself."""

    @model_validator(mode="after")
    def _ask_for_problems_where_they_are_solved(self) -> Self:
        gates = (self.gate, *(self.repeats.gates if self.repeats else ()))
        if any(gate.solved is not None for gate in gates) and self.kind is not StageKind.RECTIFICATION:
            # The kind as the file has it: its writer looks for that word.
            raise WrongValue(
                "gate.solved is for a rectification stage, and {stage} is {kind}", stage=self.code, kind=self.kind.value
            )
        return self

    @model_validator(mode="after")
    def _repeat_from_a_date(self) -> Self:
        if self.repeats and self.opens.day is None:
            raise WrongValue("{stage} repeats, so it opens on a date: that of the first time", stage=self.code)
        if self.repeats and self.period:
            raise WrongValue("{stage} repeats, so its period is worked out; leave it out", stage=self.code)
        if self.repeats and len(self.code) > LONGEST_REPEATED:
            raise WrongValue(
                "{stage} repeats: its code has at most {most} characters", stage=self.code, most=LONGEST_REPEATED
            )
        return self

    def written_out(self) -> tuple["StageSpec", ...]:
        """Return the stages that it stands for: itself, or where it repeats one for each time."""
        repeats, first = self.repeats, self.opens.day
        if repeats is None or first is None:
            return (self,)
        return tuple(self._time(repeats, first, number) for number in range(1, repeats.times + 1))

    def _time(self, repeats: RepeatSpec, first: date, number: int) -> "StageSpec":
        code = f"{self.code}{number}"
        common = {
            "code": code,
            "title": numbered(self.title, number) if "title" in self.model_fields_set else _title(code),
            "opens": Opening(OpeningAnchor.DATE, day=repeats.opening(first, number)),
            "tasks": tuple(
                task.model_copy(update={"only": ()}) for task in self.tasks if number in (task.only or (number,))
            ),
            "repeats": None,
            "period": repeats.period(first, number, f"{self.code}{number - 1}" if number > 1 else None),
        }
        return self.model_copy(update={**common, **repeats.said_of(number)})

    def task(self, code: str) -> TaskSpec:
        """Find a task of this stage; Refusal when it has none of that code."""
        for task in self.tasks:
            if task.code == code:
                return task
        raise Refusal("stage {stage} has no task {code}", stage=self.code, code=code)

    @property
    def figures(self) -> dict[str, FigureSpec]:
        """The figures that its tasks ask for, by their codes."""
        return {figure.code: figure for task in self.tasks for figure in task.figures}

    def with_declared(self, declared: dict[str, FigureSpec]) -> Self:
        """Put the campaign's figures where tasks name no more than their codes."""
        return self.model_copy(update={"tasks": tuple(task.with_declared(declared) for task in self.tasks)})


def _kind(code: str) -> StageKind:
    return StageKind(code) if code in list(StageKind) else StageKind.PLAIN


def _title(code: str) -> Text:
    return _TITLES.get(_kind(code)) or Text.same(code)
