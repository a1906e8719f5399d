"""Whether figures keep the rules that their task has for them, and in what words they do not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from config.definition.consistency import FigureRule
from config.definition.figures import FigureSpec
from config.said import Said, joined
from config.vocabulary import Relation

Number = int | Decimal
Numbers = Mapping[str, Number]
"""Figures by their codes, as people write them; what was not given is not there."""


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule that figures do not keep, and what its sides come to; for one that looks back, now and before."""

    rule: FigureRule
    left: Number
    right: Number

    @property
    def code(self) -> str:
        """The figure that it is told at: the first of the rule."""
        return self.rule.left[0]


def broken_rules(rules: Iterable[FigureRule], figures: Numbers, before: Numbers) -> Iterator[BrokenRule]:
    """Find the rules that figures break; `before` is what was said a period before.

    A figure that was left out counts for nothing in a sum, and a rule of which one side was left out whole is not
    asked.
    """
    for rule in rules:
        sides = (figures, before) if rule.looks_back else (figures, figures)
        left, right = _sum(rule.left, sides[0]), _sum(rule.left if rule.looks_back else rule.right, sides[1])
        if left is not None and right is not None and not _holds(rule.relation, left, right):
            yield BrokenRule(rule, left, right)


def say_broken(broken: BrokenRule, specs: Mapping[str, FigureSpec], figures: Numbers) -> Said:
    """Say what does not fit, with the figures by their titles and their values."""
    left = _said(broken.rule.left, broken.left, specs, figures)
    if broken.rule.looks_back:
        return Said("{figure} was {before} before, and cannot fall", figure=left, before=broken.right)
    right = _said(broken.rule.right, broken.right, specs, figures)
    match broken.rule.relation:
        case Relation.AT_MOST:
            return Said("{figures} must be at most {others}", figures=left, others=right)
        case Relation.AT_LEAST:
            return Said("{figures} must be at least {others}", figures=left, others=right)
    return Said("{figures} must equal {others}", figures=left, others=right)


def _sum(codes: Iterable[str], figures: Numbers) -> Number | None:
    given = [figures[code] for code in codes if code in figures]
    return sum(given) if given else None


def _holds(relation: Relation, left: Number, right: Number) -> bool:
    match relation:
        case Relation.EQUALS:
            return left == right
        case Relation.AT_MOST:
            return left <= right
        case Relation.AT_LEAST | Relation.NEVER_FALLS:
            return left >= right


def _said(codes: tuple[str, ...], total: Number, specs: Mapping[str, FigureSpec], figures: Numbers) -> Said:
    parts = [Said("{title} {value}", title=specs[code].title, value=figures.get(code, 0)) for code in codes]
    return (
        joined(" + ", parts) if len(parts) == 1 else Said("{parts} = {total}", parts=joined(" + ", parts), total=total)
    )
