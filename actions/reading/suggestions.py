"""What the form of an answer proposes: figures from the period before, and from the ledgers."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session

from actions.assignments.neighbours import answers_of, stage_before
from actions.house import House
from actions.reading.recorded import measured_of_branches
from actions.rulebook import Rulebook, open_rulebook
from config.vocabulary import FigureOrigin, Measure
from models.database import snapshot
from models.queries import find_branch
from models.scope import EVERYTHING, Scope
from rules.consistency import Numbers


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value that is proposed, and where it comes from: what was said a period before, or a measure."""

    value: int | Decimal
    origin: FigureOrigin | Measure


Suggestions = Mapping[str, Suggestion]
"""What is proposed, by the codes of the figures; where nothing was recorded, nothing is."""


def read_suggestions(
    house: House, campaign: str, branch: str, stage: str, task: str, *, scope: Scope = EVERYTHING
) -> Suggestions:
    """Read what the form of a task proposes to a branch; Unknown for a campaign or a branch that is not there."""
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        return suggestions_of(session, rulebook, find_branch(session, branch, scope).id, stage, task)


def suggestions_of(session: Session, rulebook: Rulebook, branch_id: int, stage: str, task: str) -> Suggestions:
    """Read what the form of a task proposes to a branch, in an open transaction."""
    return suggestions_for(session, rulebook, [branch_id], stage, task).get(branch_id, {})


def suggestions_for(
    session: Session, rulebook: Rulebook, branches: Collection[int], stage: str, task: str
) -> Mapping[int, Suggestions]:
    """Read what the forms of a task propose to branches, by their ids; one query for each figure, however many."""
    spec = rulebook.definition.stage(stage)
    wanted = {figure.code: figure.from_ for figure in spec.task(task).figures if figure.from_ is not None}
    before = _before(session, rulebook, branches, stage) if FigureOrigin.LAST in wanted.values() else {}
    found: defaultdict[int, dict[str, Suggestion]] = defaultdict(dict)
    for code, origin in wanted.items():
        values: Mapping[int, int | Decimal]
        if isinstance(origin, Measure):
            values = measured_of_branches(session, rulebook, spec.period, origin, branches)
        else:
            values = {branch_id: numbers[code] for branch_id, numbers in before.items() if code in numbers}
        for branch_id, value in values.items():
            found[branch_id][code] = Suggestion(value, origin)
    return found


def _before(session: Session, rulebook: Rulebook, branches: Collection[int], stage: str) -> Mapping[int, Numbers]:
    before = stage_before(rulebook, stage)
    return answers_of(session, rulebook, before, branches) if before else {}
