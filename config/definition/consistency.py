"""The rules of a task: what its figures must have in common."""

import re
from dataclasses import dataclass

from config.definition.expressions import CODE, Expression
from config.errors import WrongValue
from config.vocabulary import Relation

_SUM = rf"{CODE}(?: ?\+ ?{CODE})*"


@dataclass(frozen=True, slots=True)
class FigureRule(Expression):
    """One rule over figures: `total = part + part`, `members <= employees`, `founded never falls`.

    `left` and `right` are codes, to be added up; `right` is empty for the relation NEVER_FALLS alone, which holds a
    figure against what the same branch or unit said a period before.
    """

    left: tuple[str, ...]
    relation: Relation
    right: tuple[str, ...] = ()

    pattern = re.compile(rf"(?P<left>{_SUM}) ?(?P<relation>=|<=|>=) ?(?P<right>{_SUM})|(?P<code>{CODE}) never falls")
    examples = ("total = part + part", "members <= employees", "founded never falls")

    @classmethod
    def _from(cls, match: re.Match[str]) -> "FigureRule":
        if match["code"]:
            return cls((match["code"],), Relation.NEVER_FALLS)
        left, right = _codes(match["left"]), _codes(match["right"])
        named = (*left, *right)
        twice = [code for position, code in enumerate(named) if code in named[:position]]
        if twice:
            raise WrongValue("{code} stands in the rule twice", code=twice[0])
        return cls(left, Relation(match["relation"]), right)

    @property
    def codes(self) -> tuple[str, ...]:
        """The figures that it speaks of."""
        return (*self.left, *self.right)

    @property
    def looks_back(self) -> bool:
        """Whether it holds figures against those of the period before."""
        return self.relation is Relation.NEVER_FALLS

    def __str__(self) -> str:
        if self.looks_back:
            return f"{self.left[0]} {self.relation}"
        return f"{' + '.join(self.left)} {self.relation} {' + '.join(self.right)}"


def _codes(words: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in words.split("+"))
