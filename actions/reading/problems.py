"""Read the problems that branches of a campaign recorded."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import col

from actions.house import House
from actions.participants import enrolled
from actions.rulebook import open_rulebook
from config.definition.text import Text
from config.vocabulary import ProblemStatus
from models.branch import Branch
from models.campaign import Stage
from models.database import snapshot
from models.problem import Problem
from rules.deadlines import last_allowed_day


@dataclass(frozen=True, slots=True)
class ProblemState:
    """One problem at an instant; without a date `due_at` and `last_day` are None, and it is never late."""

    number: int
    branch: str
    branch_name: str
    stage: str
    title: str
    owner: str | None
    due_at: datetime | None
    last_day: date | None
    status: ProblemStatus
    late: bool
    found_at: datetime
    found_by: str
    solved_at: datetime | None
    solved_by: str | None
    note: str | None
    category: str | None
    measures: str | None
    verified_at: datetime | None
    verified_by: str | None


@dataclass(frozen=True, slots=True)
class CampaignProblems:
    """A campaign with its problems."""

    campaign: Text
    problems: tuple[ProblemState, ...]


def read_problems(
    house: House, campaign: str, *, now: datetime, branch: str | None = None, status: ProblemStatus | None = None
) -> CampaignProblems:
    """Read the problems of a campaign, or of one branch in it, or those of one status, by their numbers.

    Raises Refusal for an unknown campaign or branch, and for a branch that is not in the campaign.
    """
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        query = (
            select(Problem, col(Branch.code), col(Branch.name), col(Stage.code))
            .join(Branch, col(Branch.id) == Problem.branch_id)
            .join(Stage, col(Stage.id) == Problem.stage_id)
            .where(col(Problem.campaign_id) == rulebook.campaign_id)
            .order_by(col(Problem.number))
        )
        if branch is not None:
            query = query.where(col(Problem.branch_id) == enrolled(session, rulebook, [branch])[branch])
        if status is not None:
            query = query.where(col(Problem.status) == status)
        problems = tuple(
            ProblemState(
                number=problem.number,
                branch=code,
                branch_name=name,
                stage=stage,
                title=problem.title,
                owner=problem.owner,
                due_at=problem.due_at,
                last_day=last_allowed_day(problem.due_at, rulebook.zone) if problem.due_at else None,
                status=problem.status,
                late=_is_late(problem, now),
                found_at=problem.found_at,
                found_by=problem.found_by,
                solved_at=problem.solved_at,
                solved_by=problem.solved_by,
                note=problem.note,
                category=problem.category,
                measures=problem.measures,
                verified_at=problem.verified_at,
                verified_by=problem.verified_by,
            )
            for problem, code, name, stage in session.execute(query).tuples()
        )
        return CampaignProblems(rulebook.definition.title, problems)


def _is_late(problem: Problem, now: datetime) -> bool:
    """Tell whether it was solved at or after its deadline, or is open past it."""
    return problem.due_at is not None and (problem.solved_at or now) >= problem.due_at
