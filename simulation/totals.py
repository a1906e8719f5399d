"""What the branches of a campaign come to together, as it was published, and the part of it that each one has."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from config.definition.schema import Definition
from config.samples.draws import draw
from config.samples.shares import apportion
from simulation.branches import Behaviour

PUBLISHED_BRANCHES = 703

VISITS = ("visits_lecture", "visits_hearing", "visits_files", "visits_members")
"""The figures that ask for the four ways of a visit; together they make up what was published."""

PUBLISHED: Mapping[tuple[str, ...], int] = {
    ("people_trained",): 2109,
    VISITS: 6327,
    ("exemplars",): 116,
    ("new_branches",): 21,
    ("activists",): 1182,
    ("new_members",): 181,
}
"""The totals of 2009 over 703 branches, by the figures of the campaign's tasks that add up to each."""


@dataclass(frozen=True, slots=True)
class Totals:
    """By figure and branch, how much each of those has that answer the task which asks for it."""

    _shares: Mapping[str, Mapping[str, int]]

    @classmethod
    def of(cls, behaviour: Behaviour, definition: Definition, branches: Sequence[str]) -> "Totals":
        """Share the published totals out over branches, or as much of them as so many branches have.

        They follow from the seed, the campaign and the branches alone, in whatever order these are given.
        """
        shares: dict[str, dict[str, int]] = {}
        for codes, published in PUBLISHED.items():
            cells = [(code, branch) for code in codes for branch in _answering(behaviour, definition, code, branches)]
            weigh = partial(_weigh, behaviour)
            total = round(published * len(branches) / PUBLISHED_BRANCHES)
            parts = apportion(total, [weigh(*cell) for cell in cells]) if cells else []
            for (code, branch), part in zip(cells, parts, strict=True):
                shares.setdefault(code, {})[branch] = part
        return cls(shares)

    def share(self, figure: str, branch: str) -> int | None:
        """Return what a branch has of a figure, which may be nothing; None where nothing is known of the figure."""
        shares = self._shares.get(figure)
        return None if shares is None else shares.get(branch, 0)


def _answering(behaviour: Behaviour, definition: Definition, code: str, branches: Sequence[str]) -> list[str]:
    """Find who answers every task that asks for a figure before the campaign ends, in the order of their codes."""
    asking, last = list(_tasks_asking(definition, code)), definition.stages[-1].code

    def is_counted(branch: str, stage: str, task: str) -> bool:
        if stage == last:  # a late answer may come after the end
            return behaviour.answers_in_time(branch, stage, task)
        return behaviour.answers(branch, stage, task)

    return sorted(branch for branch in branches if asking and all(is_counted(branch, *place) for place in asking))


def _tasks_asking(definition: Definition, code: str) -> Iterator[tuple[str, str]]:
    for stage in definition.stages:
        for task in stage.tasks:
            if any(figure.code == code for figure in task.figures):
                yield stage.code, task.code


def _weigh(behaviour: Behaviour, code: str, branch: str) -> int:
    """Weigh between half and one and a half; shares far below one are then drawn from all branches alike."""
    return 500 + int(1000 * draw(behaviour.seed, behaviour.campaign, branch, code, "share"))
