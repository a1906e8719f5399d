"""Solve problems."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.add_problem import lock_ledger
from actions.assign_problem import lock_problem, solved_already
from actions.events import event_row, record
from actions.house import House
from actions.rulebook import open_rulebook
from config.vocabulary import EventKind, ProblemStatus
from models.database import transaction


@dataclass(frozen=True, slots=True)
class Solution:
    """That the problem of a number is solved, since an instant."""

    number: int
    at: datetime
    actor: str
    note: str | None = None


def solve_problem(house: House, campaign: str, solution: Solution) -> None:
    """Mark a problem as solved for somebody who looked at it; the same said again is harmless.

    Raises Unknown for a number that is not there, and Stale where somebody else solved it meanwhile, or in other words.
    """
    if solve_problems(house, campaign, [solution]):
        return
    with transaction(house.engine) as session:
        problem = lock_problem(session, open_rulebook(session, house, campaign), solution.number)
        if (problem.solved_by, problem.note) != (solution.actor, solution.note):
            raise solved_already(solution.number, problem.solved_by)


def solve_problems(house: House, campaign: str, solutions: Sequence[Solution]) -> int:
    """Mark problems as solved in one transaction; return how many had still been open.

    Solving one twice is harmless. Raises Refusal for an unknown number; nothing is then written.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        lock_ledger(session, rulebook)
        solved: list[dict[str, Any]] = []
        for solution in solutions:
            problem = lock_problem(session, rulebook, solution.number)
            if problem.status is ProblemStatus.SOLVED:
                continue
            problem.status = ProblemStatus.SOLVED
            problem.solved_at, problem.solved_by = solution.at, solution.actor
            problem.note, problem.next_reminder_at = solution.note, None
            session.add(problem)
            event = event_row(
                EventKind.PROBLEM_SOLVED,
                f"#{solution.number}",
                at=solution.at,
                actor=solution.actor,
                campaign_id=rulebook.campaign_id,
                branch_id=problem.branch_id,
                after={"note": solution.note},
            )
            solved.append(event)
        record(session, *solved)
        return len(solved)
