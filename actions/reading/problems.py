"""Read the problems that branches of a campaign recorded."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from actions.assign_problem import seen_of
from actions.house import House
from actions.participants import enrolled
from actions.reading.pages import Page, page_of
from actions.rulebook import Rulebook, open_rulebook
from config.definition.text import Text
from config.errors import Unknown
from config.vocabulary import ProblemStatus
from models.branch import Branch
from models.campaign import Stage
from models.database import snapshot
from models.problem import Problem
from models.queries import below, find_unit
from models.scope import EVERYTHING, Scope
from models.unit import Unit
from rules.deadlines import last_allowed_day


@dataclass(frozen=True, slots=True)
class ProblemState:
    """One problem at an instant; without a date `due_at` and `last_day` are None, and it is never late.

    `seen` is what a form bears that says who does what by when.
    """

    number: int
    branch: str
    branch_name: str
    unit_name: str
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
    seen: str


@dataclass(frozen=True, slots=True)
class ProblemFilter:
    """Which problems are asked for; what is None lets all through. `unit` takes those of the unit and all below."""

    unit: str | None = None
    branch: str | None = None
    status: ProblemStatus | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class CampaignProblems:
    """A campaign with its problems."""

    campaign: Text
    problems: tuple[ProblemState, ...]


ALL = ProblemFilter()


def read_problems(
    house: House, campaign: str, asked: ProblemFilter = ALL, *, now: datetime, scope: Scope = EVERYTHING
) -> CampaignProblems:
    """Read the problems of a campaign by their numbers.

    Raises Unknown for a campaign, a unit or a branch that is not there, and for a branch that is not in the campaign.
    """
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        query = _problems(session, rulebook, asked, scope).order_by(col(Problem.number))
        problems = tuple(_state(rulebook, now, *row) for row in session.execute(query).tuples())
        return CampaignProblems(rulebook.definition.title, problems)


def read_problem_page(
    house: House,
    campaign: str,
    asked: ProblemFilter = ALL,
    *,
    now: datetime,
    limit: int,
    before: int | None = None,
    scope: Scope = EVERYTHING,
) -> Page[ProblemState]:
    """Read a page of them, the latest found first, from below the number `before`."""
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        query = _problems(session, rulebook, asked, scope).order_by(col(Problem.number).desc()).limit(limit + 1)
        if before is not None:
            query = query.where(col(Problem.number) < before)
        found = (_state(rulebook, now, *row) for row in session.execute(query).tuples())
        return page_of(found, limit, lambda problem: problem.number)


def read_problem(house: House, campaign: str, number: int, *, now: datetime, scope: Scope = EVERYTHING) -> ProblemState:
    """Read one problem; Unknown where the campaign or the scope has none of that number."""
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        query = _problems(session, rulebook, ALL, scope).where(col(Problem.number) == number)
        row = session.execute(query).tuples().one_or_none()
        if row is None:
            raise Unknown("problem {number}: not in campaign {campaign}", number=number, campaign=campaign)
        return _state(rulebook, now, *row)


def _problems(session: Session, rulebook: Rulebook, asked: ProblemFilter, scope: Scope) -> Select[Any]:
    query = (
        select(Problem, col(Branch.code), col(Branch.name), col(Unit.name), col(Stage.code))
        .join(Branch, col(Branch.id) == Problem.branch_id)
        .join(Unit, col(Unit.id) == Branch.unit_id)
        .join(Stage, col(Stage.id) == Problem.stage_id)
        .where(col(Problem.campaign_id) == rulebook.campaign_id, scope.branches)
    )
    if asked.unit is not None:
        query = query.where(below(find_unit(session, asked.unit, scope)))
    if asked.branch is not None:
        query = query.where(col(Problem.branch_id) == enrolled(session, rulebook, [asked.branch])[asked.branch])
    if asked.status is not None:
        query = query.where(col(Problem.status) == asked.status)
    if asked.category is not None:
        query = query.where(col(Problem.category) == asked.category)
    return query


def _state(
    rulebook: Rulebook, now: datetime, problem: Problem, branch: str, branch_name: str, unit_name: str, stage: str
) -> ProblemState:
    return ProblemState(
        number=problem.number,
        branch=branch,
        branch_name=branch_name,
        unit_name=unit_name,
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
        seen=seen_of(problem),
    )


def _is_late(problem: Problem, now: datetime) -> bool:
    """Tell whether it was solved at or after its deadline, or is open past it."""
    return problem.due_at is not None and (problem.solved_at or now) >= problem.due_at
