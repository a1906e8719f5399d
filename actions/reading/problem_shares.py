"""Read how much of what was found is solved, by unit and by category."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import col

from actions.house import House
from actions.measures.parts import parts_below
from actions.reading.measures import check_scope
from actions.rulebook import open_rulebook
from models.database import snapshot
from models.problem import Problem
from models.scope import EVERYTHING, Scope


@dataclass(frozen=True, slots=True)
class ProblemShare:
    """The problems of one category in one part of the tree; without a category, those that have none."""

    unit: str
    unit_name: str
    category: str | None
    found: int
    solved: int
    verified: int

    @property
    def solved_share(self) -> float:
        """The share solved, from 0 to 1."""
        return self.solved / self.found


def read_problem_shares(
    house: House, campaign: str, *, unit: str | None = None, scope: Scope = EVERYTHING
) -> tuple[ProblemShare, ...]:
    """Count problems by category in each unit right below one, or below the top of what the scope sees.

    Raises Unknown for what is not there, and Forbidden to whoever sees branches alone.
    """
    check_scope(scope)
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        parts = parts_below(session, unit, scope)
        counts = (func.count(), func.count(col(Problem.solved_at)), func.count(col(Problem.verified_at)))
        key = (col(Problem.unit_id), col(Problem.category))
        query = select(*key, *counts)
        added: dict[tuple[int, str | None], Counter[str]] = {}
        for unit_id, category, *found in session.execute(
            query.where(col(Problem.campaign_id) == rulebook.campaign_id).group_by(*key)
        ):
            if unit_id in parts.of:
                part = added.setdefault((parts.of[unit_id], category), Counter())
                part.update(dict(zip(("found", "solved", "verified"), found, strict=True)))
        return tuple(
            ProblemShare(named.code, named.name, category, counted["found"], counted["solved"], counted["verified"])
            for part, named in parts.units.items()
            for (held, category), counted in sorted(added.items(), key=lambda item: item[0][1] or "")
            if held == part
        )
