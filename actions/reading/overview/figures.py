"""The figures beside the assignments: problems found and solved, and what became of the reminders."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlmodel import col

from actions.reading.overview.ground import Ground
from config.vocabulary import NoticeStatus, ProblemStatus
from models.branch import Branch
from models.notice import Notice
from models.officer import Officer
from models.problem import Problem
from models.queries import below
from models.unit import Unit

LATELY = timedelta(days=7)
WAITING = (NoticeStatus.HELD, NoticeStatus.DEAD)
"""A person has to look at them, however old they are."""


@dataclass(frozen=True, slots=True)
class Problems:
    """How many problems were found, and how many of them are solved."""

    found: int
    solved: int


def read_problems_found(ground: Ground) -> Problems:
    """Count the problems of the branches that are looked at."""
    query = (
        select(col(Problem.status), func.count())
        .where(col(Problem.campaign_id) == ground.rulebook.campaign_id)
        .group_by(col(Problem.status))
    )
    if not ground.is_whole:
        query = query.join(Branch, col(Branch.id) == Problem.branch_id).where(ground.branches)
    found = {status: int(count) for status, count in ground.session.execute(query).tuples()}
    return Problems(sum(found.values()), found.get(ProblemStatus.SOLVED, 0))


def read_reminders(ground: Ground) -> Mapping[NoticeStatus, int]:
    """Count the notices of the last seven days by what became of them, and of all days those that wait for a person."""
    lately = col(Notice.day) > ground.today - LATELY
    others = [status for status in NoticeStatus if status not in WAITING]
    counts = _notices(ground, col(Notice.status).in_(WAITING)) | _notices(
        ground, col(Notice.status).in_(others), lately
    )
    return {status: counts.get(status, 0) for status in NoticeStatus}


def _notices(ground: Ground, *conditions: ColumnElement[bool]) -> dict[NoticeStatus, int]:
    """Count notices by status; the conditions name statuses, by which the index is searched and not read through."""
    query = (
        select(col(Notice.status), func.count())
        .where(col(Notice.campaign_id) == ground.rulebook.campaign_id, *conditions)
        .group_by(col(Notice.status))
    )
    if not ground.is_whole:
        query = query.where(col(Notice.officer_id).in_(people_of(ground)))
    return {status: int(count) for status, count in ground.session.execute(query).tuples()}


def people_of(ground: Ground) -> Select[tuple[int]]:
    """Select the officers who answer for a branch that is looked at, or for a unit among those."""
    liaisons = select(col(Branch.officer_id)).where(ground.branches, col(Branch.officer_id).is_not(None))
    answering: ColumnElement[bool] = col(Officer.id).in_(liaisons)
    if not ground.is_of_branches and ground.unit is not None:
        units = select(col(Unit.id)).where(below(ground.unit))
        answering = or_(answering, col(Officer.unit_id).in_(units))
    return select(col(Officer.id)).where(answering)
