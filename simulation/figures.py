"""Plausible figures for the answers of a simulated campaign."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, floor

from config.definition.schema import FigureSpec
from config.samples.draws import draw
from config.vocabulary import BranchKind

Key = tuple[str | int, ...]


_ORGANISATIONS = {
    "committees": {BranchKind.COMMITTEE},
    "branches": {BranchKind.BRANCH, BranchKind.ASSOCIATION_BRANCH},
    "joint_branches": {BranchKind.JOINT_BRANCH},
}


@dataclass(frozen=True, slots=True)
class Size:
    """How large a branch is, and of which kind, as the registry has it."""

    members: int
    employees: int
    kind: BranchKind = BranchKind.BRANCH

    @property
    def organisations(self) -> Mapping[str, int]:
        """Return what a return asks for: how many organisations of each kind it is, one in all."""
        counts = {code: int(self.kind in kinds) for code, kinds in _ORGANISATIONS.items()}
        return {"organisations": sum(counts.values()), **counts}


@dataclass(frozen=True, slots=True)
class _Around:
    """Between half and one and a half of an average, which is kept over many branches.

    What is `lasting` is drawn once for a branch, so that other figures can be parts of it; the rest for each task.
    """

    average: float
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class _PartOf:
    """A share, between two bounds, of another figure of the same branch."""

    whole: str
    least: float
    most: float
    lasting: bool = False


# Totals of 2009 over 703 branches where they were published: people trained, the four kinds of visits, exemplars,
# activists, members and branches. Foundations are those of a year over the 41 organisations of a district, by quarters.
# How large the others are is made up.
_RULES: dict[str, _Around | _PartOf] = {
    "people_trained": _Around(2109 / 703),
    "visits": _Around(6327 / 703),
    "visits_lecture": _Around(6327 / 703 / 4),
    "visits_hearing": _Around(6327 / 703 / 4),
    "visits_files": _Around(6327 / 703 / 4),
    "visits_members": _Around(6327 / 703 / 4),
    "exemplars": _Around(116 / 703),
    "activists": _Around(1182 / 703),
    "new_members": _Around(181 / 703),
    "new_branches": _Around(21 / 703),
    "suggestions_made": _Around(6, lasting=True),
    "suggestions_adopted": _PartOf("suggestions_made", 0.2, 0.6, lasting=True),
    "suggestions_effective": _PartOf("suggestions_adopted", 0.4, 1.0),
    "attendance": _PartOf("members", 0.7, 1.0),
    "members_reached": _PartOf("members", 0.0, 0.3),
    "talks": _PartOf("members", 1.0, 1.6),
    "measures": _PartOf("problems_found", 1.0, 1.5),
    "votes_cast": _PartOf("employees", 0.3, 0.6, lasting=True),
    "founded_branches": _Around(20 / 41 / 4),
    "founded_unions": _Around(240 / 41 / 4),
    "founded_youth_leagues": _Around(26 / 41 / 4),
    "founded_womens_committees": _Around(15 / 41 / 4),
    "training_sessions": _Around(1),
    "dues": _PartOf("members", 30.0, 60.0),
    "votes_satisfied": _PartOf("votes_cast", 0.85, 1.0),
}
_USUAL = _Around(5)
SUGGESTIONS = ("suggestions_made", "suggestions_adopted", "suggestions_effective")
_OF_ONE_BRANCH: Mapping[str | int, Mapping[str, int]] = {
    "130622-001": dict(zip(SUGGESTIONS, (12, 5, 5), strict=True)),
}
"""The branch of the sample that stands for the one of which was published what became of its suggestions."""


def invent_figures(figures: Iterable[FigureSpec], known: Mapping[str, int], branch: Key, task: Key) -> dict[str, int]:
    """Return a whole value within its limits for each figure: the known one, or one about as large as usual.

    `branch` and `task` are the keys that the values follow from.
    """
    return {figure.code: within(figure, _value(figure.code, known, branch, task)) for figure in figures}


def suggestions_of(branch: Key) -> dict[str, int]:
    """Return what becomes of a branch's suggestions, the same in answers and in the ledger; its code ends the key."""
    known = _OF_ONE_BRANCH.get(branch[-1], {})
    return {code: _value(code, known, branch, branch) for code in SUGGESTIONS}


def _value(code: str, known: Mapping[str, int], branch: Key, task: Key) -> int:
    if code in known:
        return known[code]
    rule = _RULES.get(code, _USUAL)
    key = branch if rule.lasting else task
    luck = draw(*key, code)
    if isinstance(rule, _PartOf):
        share = rule.least + (rule.most - rule.least) * luck
        return round(share * _value(rule.whole, known, branch, task))
    return floor(rule.average * (0.5 + luck) + draw(*key, code, "rounding"))


def within(figure: FigureSpec, value: int) -> int:
    """Return the whole value within the limits of a figure that is nearest."""
    least = value if figure.minimum is None else ceil(figure.minimum)
    most = value if figure.maximum is None else floor(figure.maximum)
    return max(least, min(value, most))
