"""The figures of a campaign file: numbers that tasks ask for."""

from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, WithJsonSchema, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from config.definition.expressions import CODE
from config.definition.part import Part
from config.definition.text import Text
from config.definition.values import Code
from config.errors import WrongValue
from config.vocabulary import FigureKind, FigureOrigin, Measure


def parse_source(value: Any) -> FigureOrigin | Measure:
    """Read `last` or the name of a measure; raise WrongValue for anything else."""
    for words in (FigureOrigin, Measure):
        if value in list(words):
            return words(value)
    raise WrongValue(
        '"{value}" is nowhere to take a value from; write last, or a measure: {measures}',
        value=value,
        measures=", ".join(Measure),
    )


FigureSource = Annotated[
    FigureOrigin | Measure,
    BeforeValidator(parse_source),
    WithJsonSchema({"enum": [*FigureOrigin, *Measure], "type": "string"}),
]
"""Where the value that a form proposes is taken from."""


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
    unit: Text | None = None
    """What it is counted in, such as yuan or persons."""
    from_: FigureSource | None = Field(default=None, alias="from")
    """Where the value that the form proposes is taken from: `last`, what was answered a period before, or a measure
    of what was recorded in the period."""

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
