"""Read how much of what was found is solved, by unit and by category."""

from dataclasses import dataclass

from sqlmodel import col

from actions.house import House
from actions.measures.extent import Extent
from actions.measures.parts import parts_below
from actions.measures.problems import count_problems
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
        extent = Extent.of(open_rulebook(session, house, campaign))
        parts = parts_below(session, unit, scope)
        places = parts.table()
        query = count_problems(extent, places.c.part, col(Problem.category))
        counts = session.execute(query.join(places, places.c.unit_id == col(Problem.unit_id))).tuples().all()
        place = {part.code: (number, part.name) for number, part in enumerate(parts.units.values())}
        return tuple(
            ProblemShare(part, place[part][1], category, int(found), int(solved), int(verified))
            for part, category, found, solved, verified in sorted(counts, key=lambda row: (place[row[0]], row[1] or ""))
        )
