"""Declare that a branch has no problems."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import col

from actions.add_problem import chasing_stage, lock_ledger
from actions.events import event_row, record
from actions.house import House
from actions.participants import enrolled
from actions.rulebook import open_rulebook
from config.errors import Refusal
from config.vocabulary import EventKind
from models.campaign import Enrolment
from models.database import transaction
from models.dialects import count_changed, in_chunks, table_of
from models.problem import Problem


@dataclass(frozen=True, slots=True)
class Declaration:
    """That a branch looked and found none."""

    branch: str
    at: datetime
    actor: str


def declare_no_problems(house: House, campaign: str, declarations: Sequence[Declaration]) -> int:
    """Put declarations on record in one transaction; return how many were new.

    Declaring twice is harmless. Raises Refusal for a branch that is not in the campaign or that has
    recorded problems.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        lock_ledger(session, rulebook)
        chasing_stage(session, rulebook)
        branches = enrolled(session, rulebook, [declaration.branch for declaration in declarations])
        codes = {branch_id: code for code, branch_id in branches.items()}
        for run in in_chunks(list(codes)):
            recorded = (
                select(col(Problem.branch_id))
                .where(col(Problem.campaign_id) == rulebook.campaign_id, col(Problem.branch_id).in_(run))
                .limit(1)
            )
            if (branch_id := session.scalar(recorded)) is not None:
                raise Refusal(
                    "branch {branch}: has recorded problems, so it cannot declare none", branch=codes[branch_id]
                )
        declared = 0
        for declaration in declarations:
            branch_id = branches[declaration.branch]
            statement = (
                update(table_of(Enrolment))
                .where(
                    col(Enrolment.campaign_id) == rulebook.campaign_id,
                    col(Enrolment.branch_id) == branch_id,
                    col(Enrolment.cleared_at).is_(None),
                )
                .values(cleared_at=declaration.at, cleared_by=declaration.actor)
            )
            if not count_changed(session, statement):
                continue
            event = event_row(
                EventKind.NO_PROBLEMS_DECLARED,
                declaration.branch,
                at=declaration.at,
                actor=declaration.actor,
                campaign_id=rulebook.campaign_id,
                branch_id=branch_id,
            )
            record(session, event)
            declared += 1
        return declared
