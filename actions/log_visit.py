"""Log a visit, with the problem that was found on it and the task that was completed by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import update
from sqlmodel import col

from actions.add_problem import Finding, add_problems
from actions.complete import Answer, complete
from actions.enter import enter
from actions.house import House
from config.ledgers.visit import VisitEntry
from models.database import joint_transaction, transaction
from models.dialects import table_of
from models.ledgers.visit import Visit
from models.queries import find_campaign
from models.scope import EVERYTHING, Scope


@dataclass(frozen=True, slots=True)
class FoundOnVisit:
    """A problem that came up; `due` is the last allowed day for solving it."""

    title: str
    category: str | None = None
    owner: str | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class DoneOnVisit:
    """A task, as `task` or `stage/task`, that the visit completes, with its figures."""

    task: str
    figures: Mapping[str, int | Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Logged:
    """The number of the visit, and of the problem where one was filed."""

    visit: int
    problem: int | None


def log_visit(
    house: House,
    campaign: str,
    visit: VisitEntry,
    *,
    found: FoundOnVisit | None = None,
    done: DoneOnVisit | None = None,
    actor: str,
    now: datetime,
    scope: Scope = EVERYTHING,
) -> Logged:
    """Enter a visit, file its problem and complete its task, all or nothing; repeated, it is another visit.

    Raises whatever the three raise by themselves.
    """
    with joint_transaction(house.engine):
        (number,) = enter(house, campaign, [visit], actor=actor, now=now, scope=scope)
        problem = task = None
        if found is not None:
            finding = Finding(visit.branch, found.title, now, actor, found.owner, found.due, found.category)
            (problem,) = add_problems(house, campaign, [finding])
        if done is not None:
            answer = Answer(visit.branch, done.task, now, actor, done.figures, scope=scope)
            (receipt,) = complete(house, campaign, [answer])
            task = f"{receipt.stage}/{receipt.task}"
        if found is not None or done is not None:
            with transaction(house.engine) as session:
                here = find_campaign(session, campaign)
                row = update(table_of(Visit)).where(col(Visit.campaign_id) == here.id, col(Visit.number) == number)
                session.execute(row.values(problem=problem, task=task))
        return Logged(number, problem)
