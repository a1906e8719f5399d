"""Read the figures of an answer against what its task asks for."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from actions.assignments.named import Work
from actions.rulebook import Rulebook
from config.definition.schema import FigureSpec
from config.errors import Refusal
from config.vocabulary import FigureKind

STEPS = {FigureKind.COUNT: 1, FigureKind.AMOUNT: 100}
"""How many smallest steps make one: values are stored as whole numbers of steps."""
MOST_STEPS = 2**63
"""What no longer fits into the column."""


def read_figures(rulebook: Rulebook, work: Work, given: Mapping[str, int | Decimal]) -> dict[str, int]:
    """Return the figures in the smallest steps of their kinds.

    Raises Refusal for a figure that the task does not ask for, one that is missing, and one out of range.
    """
    specs = {spec.code: spec for spec in rulebook.definition.stage(work.stage).task(work.task).figures}
    unknown = [code for code in given if code not in specs]
    if unknown:
        asked = ", ".join(specs) or "none"
        raise Refusal(
            "{work}: no figure {figure} is asked for; it takes: {asked}",
            work=work.label,
            figure=unknown[0],
            asked=asked,
        )
    missing = [code for code, spec in specs.items() if spec.required and code not in given]
    if missing:
        raise Refusal(
            "{work}: needs the figures {figures}; give each as CODE=NUMBER", work=work.label, figures=", ".join(missing)
        )
    return {code: _in_steps(work, specs[code], Decimal(value)) for code, value in given.items()}


def in_units(spec: FigureSpec, steps: int) -> int | Decimal:
    """Turn a stored value back into the number that people wrote."""
    return steps if spec.kind is FigureKind.COUNT else Decimal(steps) / STEPS[spec.kind]


def _in_steps(work: Work, spec: FigureSpec, value: Decimal) -> int:
    said: dict[str, Any] = {"work": work.label, "figure": spec.code, "value": value}
    steps = value * STEPS[spec.kind] if value.is_finite() else None
    if steps is None or steps != steps.to_integral_value():
        if spec.kind is FigureKind.COUNT:
            raise Refusal("{work}: {figure}: {value} is not a whole number", **said)
        raise Refusal("{work}: {figure}: {value} is not a number with at most two decimals", **said)
    if abs(steps) >= MOST_STEPS:
        raise Refusal("{work}: {figure}: {value} is too large to be stored", **said)
    if spec.minimum is not None and value < spec.minimum:
        raise Refusal("{work}: {figure}: {value} is under the least allowed, {least}", least=spec.minimum, **said)
    if spec.maximum is not None and value > spec.maximum:
        raise Refusal("{work}: {figure}: {value} is over the most allowed, {most}", most=spec.maximum, **said)
    return int(steps)
