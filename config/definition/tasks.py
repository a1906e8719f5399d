"""The tasks of a campaign file: the check list of a stage."""

from typing import Annotated, Self

from pydantic import Field

from config.definition.consistency import FigureRule
from config.definition.expressions import DueRule
from config.definition.figures import FigureSpec
from config.definition.part import Part
from config.definition.text import Text
from config.definition.values import Code


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
    rules: tuple[FigureRule, ...] = ()
    """What its figures must have in common, such as `total = part + part`, or `total never falls`."""
    only: tuple[Annotated[int, Field(ge=1)], ...] = ()
    """Which times of a stage that repeats ask for it, counted from 1; all where nothing is said."""
    evidence: bool = False
    """Whether it cannot be completed without evidence: a photo, a PDF or an Office file."""
    guidance: Text | None = None
    """How it is done well."""

    def with_declared(self, declared: dict[str, FigureSpec]) -> Self:
        """Put the campaign's figures where this task names no more than their codes."""
        figures = tuple(declared.get(figure.code, figure) if figure.is_bare else figure for figure in self.figures)
        return self.model_copy(update={"figures": figures})
