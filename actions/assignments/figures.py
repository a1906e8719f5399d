"""Read the figures of an answer against what its task asks for."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from actions.assignments.named import Work
from actions.rulebook import Rulebook
from config.definition.schema import FigureSpec, TaskSpec
from config.errors import Refusal
from config.said import Said, joined
from config.vocabulary import FigureKind
from rules.consistency import Numbers, broken_rules, say_broken

STEPS = {FigureKind.COUNT: 1, FigureKind.AMOUNT: 100}
"""How many smallest steps make one: values are stored as whole numbers of steps."""
MOST_STEPS = 2**63
"""What no longer fits into the column."""


class MissingFigure(Refusal):
    """A figure that was not given."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the same branch answered a period before and a period after, where that is known."""

    before: Numbers
    after: Numbers


ALONE = Around({}, {})
"""Nothing is known of other periods."""


class WrongFigures(Refusal):
    """Figures that cannot be taken: `faults` says why, by the figure's code."""

    def __init__(self, message: str, faults: Mapping[str, Refusal], *, hint: str = "", **values: object) -> None:
        """Take what is said of all, and what is wrong with each."""
        self.faults = faults
        super().__init__(message, hint=hint, **values)


def read_figures(rulebook: Rulebook, work: Work, given: Numbers, around: Around = ALONE) -> dict[str, int]:
    """Return the figures in the smallest steps of their kinds, held against what was answered `around` them.

    Raises Refusal for a figure that the task does not ask for, and WrongFigures for those that are missing or out of
    range, all of them at once, or else for all rules of the task that they break.
    """
    task = rulebook.definition.stage(work.stage).task(work.task)
    specs = {spec.code: spec for spec in task.figures}
    unknown = [code for code in given if code not in specs]
    if unknown:
        asked = ", ".join(specs) or "none"
        raise Refusal(
            "{work}: no figure {figure} is asked for; it takes: {asked}",
            work=work.titled(rulebook),
            figure=unknown[0],
            asked=asked,
        )
    steps: dict[str, int] = {}
    faults: dict[str, Refusal] = {}
    for code, spec in specs.items():
        try:
            if code in given:
                steps[code] = _in_steps(spec, Decimal(given[code]))
            elif spec.required:
                faults[code] = MissingFigure("is missing")
        except Refusal as fault:
            faults[code] = fault
    _check(rulebook, work, faults)
    numbers = {code: in_units(specs[code], value) for code, value in steps.items()}
    _check(rulebook, work, _broken_rules(task, numbers, around))
    return steps


def _broken_rules(task: TaskSpec, numbers: Numbers, around: Around) -> dict[str, Refusal]:
    """Find the rules that figures break, by the figure that each is told at; several at one are told together."""
    specs = {spec.code: spec for spec in task.figures}
    looking_back = [rule for rule in task.rules if rule.looks_back]
    found: defaultdict[str, list[Said]] = defaultdict(list)
    for broken in broken_rules(task.rules, numbers, around.before):
        found[broken.code].append(say_broken(broken, specs, numbers))
    for broken in broken_rules(looking_back, around.after, numbers):
        fallen = Said("is {after} in the period after, and cannot fall", after=broken.left)
        found[broken.code].append(fallen)
    return {code: Refusal("{why}", why=joined("; ", reasons)) for code, reasons in found.items()}


def _check(rulebook: Rulebook, work: Work, faults: Mapping[str, Refusal]) -> None:
    """Raise WrongFigures where there are faults, all of them in its one line."""
    if not faults:
        return
    hint = "give each as CODE=NUMBER" if any(isinstance(fault, MissingFigure) for fault in faults.values()) else ""
    if all(isinstance(fault, MissingFigure) for fault in faults.values()):
        missing = ", ".join(faults)
        raise WrongFigures(
            "{work}: needs the figures {figures}", faults, hint=hint, work=work.titled(rulebook), figures=missing
        )
    told = joined("; ", (joined(": ", (code, fault.said)) for code, fault in faults.items()))
    raise WrongFigures("{work}: {reasons}", faults, hint=hint, work=work.titled(rulebook), reasons=told)


def in_units(spec: FigureSpec, steps: int) -> int | Decimal:
    """Turn a stored value back into the number that people wrote."""
    return steps if spec.kind is FigureKind.COUNT else Decimal(steps) / STEPS[spec.kind]


def _in_steps(spec: FigureSpec, value: Decimal) -> int:
    steps = value * STEPS[spec.kind] if value.is_finite() else None
    if steps is None or (abs(steps) < MOST_STEPS and steps != steps.to_integral_value()):
        if spec.kind is FigureKind.COUNT:
            raise Refusal("{value} is not a whole number", value=value)
        raise Refusal("{value} is not a number with at most two decimals", value=value)
    if abs(steps) >= MOST_STEPS:
        raise Refusal("{value} is too large to be stored", value=value)
    if spec.minimum is not None and value < spec.minimum:
        raise Refusal("{value} is under the least allowed, {least}", value=value, least=spec.minimum)
    if spec.maximum is not None and value > spec.maximum:
        raise Refusal("{value} is over the most allowed, {most}", value=value, most=spec.maximum)
    return int(steps)
