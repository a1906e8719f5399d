"""Verify that a problem is really solved."""

from datetime import datetime

from actions.assign_problem import lock_problem
from actions.events import event_row, record
from actions.house import House
from actions.rulebook import open_rulebook
from config.errors import Refusal
from config.vocabulary import EventKind, ProblemStatus
from models.database import transaction


def verify_problem(house: House, campaign: str, number: int, *, actor: str, now: datetime) -> bool:
    """Put on record that somebody looked and found it solved; tell whether that is new.

    Raises Refusal for a problem that is still open, and Unknown for a number that is not there.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        problem = lock_problem(session, rulebook, number)
        if problem.status is not ProblemStatus.SOLVED:
            raise Refusal("problem {number}: is still open; it is verified after it was solved", number=number)
        if problem.verified_at is not None:
            return False
        problem.verified_at, problem.verified_by = now, actor
        session.add(problem)
        event = event_row(
            EventKind.PROBLEM_VERIFIED,
            f"#{number}",
            at=now,
            actor=actor,
            campaign_id=rulebook.campaign_id,
            branch_id=problem.branch_id,
        )
        record(session, event)
        return True
