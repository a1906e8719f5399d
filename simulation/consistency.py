"""Make invented figures keep the rules of their task: a total is its parts, and nothing falls that cannot fall."""

from collections.abc import Iterable, Mapping

from config.definition.consistency import FigureRule
from config.definition.figures import FigureSpec
from config.definition.tasks import TaskSpec
from config.errors import Refusal
from config.vocabulary import Relation
from rules.consistency import broken_rules
from simulation.figures import within

Specs = Mapping[str, FigureSpec]

_ROUNDS = 5
"""How often all rules are gone through: one that is kept may break another that shares a figure with it."""


def keep_rules(task: TaskSpec, invented: Mapping[str, int], before: Mapping[str, int]) -> dict[str, int]:
    """Change as few figures as it takes; `before` is what the branch said a period before.

    A total takes the sum of its parts; of a sum that is too large or too small the first figure gives way, each within
    its limits. Raises Refusal where no such figures are found.
    """
    specs = {spec.code: spec for spec in task.figures}
    figures = dict(invented)
    for _ in range(_ROUNDS):
        for rule in task.rules:
            if [*broken_rules([rule], figures, before)]:
                _mend(rule, specs, figures, before)
    for broken in broken_rules(task.rules, figures, before):
        raise Refusal("task {code}: no figures were found that keep {rule}", code=task.code, rule=broken.rule)
    return figures


def _mend(rule: FigureRule, specs: Specs, figures: dict[str, int], before: Mapping[str, int]) -> None:
    if rule.looks_back:
        (code,) = rule.left
        _add(specs, figures, rule.left, before[code] - figures[code])
        return
    is_total_last = rule.relation is Relation.EQUALS and len(rule.right) == 1
    changed, other = (rule.right, rule.left) if is_total_last else (rule.left, rule.right)
    wanted = sum(figures.get(code, 0) for code in other) - sum(figures.get(code, 0) for code in changed)
    left_over = _add(specs, figures, changed, wanted)
    _add(specs, figures, other, -left_over)


def _add(specs: Specs, figures: dict[str, int], codes: Iterable[str], amount: int) -> int:
    """Add an amount, which may be negative, to figures one after another; return what they did not take."""
    for code in codes:
        if code in figures:
            value = within(specs[code], figures[code] + amount)
            amount -= value - figures[code]
            figures[code] = value
    return amount
