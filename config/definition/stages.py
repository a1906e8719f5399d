"""The stages of a campaign file: their tasks, the figures these ask for, and their gates."""

from decimal import Decimal
from typing import Any, Self

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from config.definition.expressions import CODE, DueRule, Opening, Span
from config.definition.part import Part
from config.definition.text import Text
from config.definition.values import Code, Share
from config.errors import Refusal, WrongValue
from config.vocabulary import FigureKind, Otherwise, StageKind

_TITLES = {
    StageKind.MOBILIZATION: Text(zh="动员部署", en="Mobilization"),
    StageKind.STUDY: Text(zh="学习调研", en="Study"),
    StageKind.ANALYSIS: Text(zh="分析检查", en="Analysis"),
    StageKind.RECTIFICATION: Text(zh="整改落实", en="Rectification"),
}


class FigureSpec(Part):
    """A typed number that a task asks for and that rolls up the tree."""

    code: Code
    """What the figure is called by; the same figure in several tasks has the same code."""
    title: Text = Field(default_factory=lambda said: Text.same(said["code"]))
    """What people read beside the field; the code where nothing is said."""
    kind: FigureKind = FigureKind.COUNT
    """A count is a whole number, an amount has two decimals."""
    minimum: Decimal | None = Decimal(0)
    """The least that is accepted; null for no limit."""
    maximum: Decimal | None = None
    """The most that is accepted; null for no limit."""
    required: bool = True
    """Whether the task cannot be completed without it."""

    @model_validator(mode="before")
    @classmethod
    def _take_bare_code(cls, value: Any) -> Any:
        return {"code": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _order_limits(self) -> Self:
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise WrongValue("minimum {least} is over maximum {most}", least=self.minimum, most=self.maximum)
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        bare = {"type": "string", "pattern": rf"^{CODE}$", "description": "The code of a figure of the campaign."}
        return {"anyOf": [bare, handler(schema)], "description": "A figure, or the code of one."}

    @property
    def is_bare(self) -> bool:
        """Whether it says no more than its code."""
        return self == FigureSpec(code=self.code)


class TaskSpec(Part):
    """One item of a stage's check list, given to every branch."""

    code: Code
    """What the task is called by within its stage."""
    title: Text
    """What is to be done, in a few words."""
    due: DueRule
    """The last allowed day, counted from the window's opening or its planned close; or a date."""
    figures: tuple[FigureSpec, ...] = ()
    """The numbers that completing it asks for: codes of the campaign's figures, or figures of its own."""
    evidence: bool = False
    """Whether it cannot be completed without evidence: a photo, a PDF or an Office file."""
    guidance: Text | None = None
    """How it is done well."""

    def with_declared(self, declared: dict[str, FigureSpec]) -> Self:
        """Put the campaign's figures where this task names no more than their codes."""
        figures = tuple(declared.get(figure.code, figure) if figure.is_bare else figure for figure in self.figures)
        return self.model_copy(update={"figures": figures})


class GateSpec(Part):
    """What must be true for a window to close at or after its planned close."""

    done: Share | None = None
    """The share of assignments that must be done; waived ones do not count."""
    solved: Share | None = None
    """The share of problems that must be solved; for a rectification stage."""
    approval: bool = False
    """Whether somebody has to approve."""
    otherwise: Otherwise = Otherwise.HOLD
    """hold: try again at every patrol; close: close all the same, with the reasons on record."""


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

    @model_validator(mode="after")
    def _ask_for_problems_where_they_are_solved(self) -> Self:
        if self.gate.solved is not None and self.kind is not StageKind.RECTIFICATION:
            # The kind as the file has it: its writer looks for that word.
            raise WrongValue(
                "gate.solved is for a rectification stage, and {stage} is {kind}", stage=self.code, kind=self.kind.value
            )
        return self

    def task(self, code: str) -> TaskSpec:
        """Find a task of this stage; Refusal when it has none of that code."""
        for task in self.tasks:
            if task.code == code:
                return task
        raise Refusal("stage {stage} has no task {code}", stage=self.code, code=code)

    def with_declared(self, declared: dict[str, FigureSpec]) -> Self:
        """Put the campaign's figures where tasks name no more than their codes."""
        return self.model_copy(update={"tasks": tuple(task.with_declared(declared) for task in self.tasks)})


def _kind(code: str) -> StageKind:
    return StageKind(code) if code in list(StageKind) else StageKind.PLAIN


def _title(code: str) -> Text:
    return _TITLES.get(_kind(code)) or Text.same(code)
