"""What the form of an answer proposes: figures from the period before, and from the ledgers."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session

from actions.assignments.neighbours import answers_of, stage_before
from actions.house import House
from actions.reading.recorded import measured
from actions.rulebook import Rulebook, open_rulebook
from config.vocabulary import FigureOrigin, Measure
from models.database import snapshot
from models.queries import find_branch
from models.scope import EVERYTHING, Scope


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
    spec = rulebook.definition.stage(stage)
    wanted = {figure.code: figure.from_ for figure in spec.task(task).figures if figure.from_ is not None}
    before = _before(session, rulebook, branch_id, stage) if FigureOrigin.LAST in wanted.values() else {}
    found: dict[str, Suggestion] = {}
    for code, origin in wanted.items():
        if isinstance(origin, Measure):
            value: int | Decimal | None = measured(session, rulebook, spec.period, origin, place=branch_id)
        else:
            value = before.get(code)
        if value is not None:
            found[code] = Suggestion(value, origin)
    return found


def _before(session: Session, rulebook: Rulebook, branch_id: int, stage: str) -> Mapping[str, int | Decimal]:
    before = stage_before(rulebook, stage)
    return answers_of(session, rulebook, before, [branch_id]).get(branch_id, {}) if before else {}
