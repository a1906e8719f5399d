"""Read what notices speak of: their readers, their live lines, and the open work beside them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from config.vocabulary import AssignmentStatus, Language, NoticeKind, OfficerRole, Section
from models.assignment import Assignment, Counter
from models.branch import Branch
from models.campaign import Stage, Task
from models.notice import Notice, NoticeLine
from models.officer import Officer
from models.parameters import NOTICES, NOW, OFFICERS, among, run
from models.problem import Problem
from models.unit import Unit
from models.window import Window


class Reader(NamedTuple):
    """The person that a notice is for."""

    notice_id: int
    officer_id: int
    name: str
    language: Language
    kind: NoticeKind


class OwnLine(NamedTuple):
    """One live line about the reader's own branch: a task by its codes, or a problem by number and title.

    Where the branch has another officer, whom the reader stands in for, `in_place_of` is that one's name.
    """

    notice_id: int
    campaign_id: int
    branch: str
    due_at: datetime
    stage: str | None
    task: str | None
    number: int | None
    title: str | None
    in_place_of: str | None


class WatchedLine(NamedTuple):
    """The live lines of one notice and section about one branch."""

    notice_id: int
    campaign_id: int
    section: Section
    unit_id: int
    unit: str
    branch: str
    items: int
    late: int
    tasks: int
    late_tasks: int
    oldest: datetime


class OpenWork(NamedTuple):
    """How much open work an officer has in a campaign, and how much of it is past its deadline."""

    officer_id: int
    campaign_id: int
    open: int
    late: int


def readers_of(session: Session, notices: Collection[int]) -> Iterable[Reader]:
    """Read whom notices are for."""
    return (Reader(*row) for row in run(session, _readers(), {"notices": notices}))


def own_lines(session: Session, notices: Collection[int]) -> Iterable[OwnLine]:
    """Read the live lines about the readers' own branches, the earliest deadlines first."""
    return (OwnLine(*row) for row in run(session, _own_lines(), {"notices": notices}))


def watched_lines(session: Session, notices: Collection[int], now: datetime) -> Iterable[WatchedLine]:
    """Count the live lines about other people's work by branch, the earliest deadlines first."""
    return (WatchedLine(*row) for row in run(session, _watched_lines(), {"notices": notices, "now": now}))


def own_work(session: Session, officers: Collection[int], now: datetime) -> Iterable[OpenWork]:
    """Count the open assignments of the officers' own branches."""
    return (OpenWork(*row) for row in run(session, _own_work(), {"officers": officers, "now": now}))


def watched_work(session: Session, officers: Collection[int], now: datetime) -> Iterable[OpenWork]:
    """Count, from the counters, the open assignments in the officers' units and below; without a unit, all.

    A liaison officer who is told of a unit in somebody's place answers for none.
    """
    if not officers:
        return ()
    return (OpenWork(*row) for row in run(session, _watched_work(), {"officers": officers, "now": now}))


# Every batch of notices needs these: they are put together once, and only executed then.


@cache
def _readers() -> Select[Any]:
    return (
        select(col(Notice.id), col(Officer.id), col(Officer.name), col(Officer.language), col(Notice.kind))
        .join(Officer, col(Officer.id) == Notice.officer_id)
        .where(among(col(Notice.id), NOTICES))
    )


@cache
def _own_lines() -> Select[Any]:
    columns = (
        col(NoticeLine.notice_id),
        col(NoticeLine.campaign_id),
        col(Branch.name),
        col(NoticeLine.due_at),
        col(Stage.code),
        col(Task.code),
        col(Problem.number),
        col(Problem.title),
        col(Officer.name),
    )
    return (
        _live(select(*columns))
        .join(Task, col(Task.id) == Assignment.task_id, isouter=True)
        .join(Stage, col(Stage.id) == Task.stage_id, isouter=True)
        .join(Notice, col(Notice.id) == NoticeLine.notice_id)
        .join(Officer, and_(col(Officer.id) == Branch.officer_id, col(Officer.id) != Notice.officer_id), isouter=True)
        .where(col(NoticeLine.section) == Section.OWN)
        .order_by(col(NoticeLine.due_at), col(Branch.code), col(Stage.position), col(Task.position), col(NoticeLine.id))
    )


@cache
def _watched_lines() -> Select[Any]:
    group = (
        col(NoticeLine.notice_id),
        col(NoticeLine.campaign_id),
        col(NoticeLine.section),
        col(Unit.id),
        col(Unit.name),
        col(Branch.name),
    )
    is_late = col(NoticeLine.due_at) <= NOW
    is_task = col(NoticeLine.assignment_id).is_not(None)
    oldest = func.min(col(NoticeLine.due_at))
    counts = (func.count(), _count_if(is_late), _count_if(is_task), _count_if(and_(is_late, is_task)), oldest)
    return (
        _live(select(*group, *counts))
        .join(Unit, col(Unit.id) == Branch.unit_id)
        .where(col(NoticeLine.section).in_((Section.GROUP, Section.COORDINATOR)))
        .group_by(*group, col(Branch.id))
        .order_by(oldest, col(Unit.id), col(Branch.id))
    )


@cache
def _own_work() -> Select[Any]:
    return (
        select(col(Branch.officer_id), col(Stage.campaign_id), func.count(), _count_if(col(Assignment.due_at) <= NOW))
        .select_from(Branch)
        .join(Assignment, col(Assignment.branch_id) == Branch.id)
        .join(Window, col(Window.id) == Assignment.window_id)
        .join(Stage, col(Stage.id) == Window.stage_id)
        .where(among(col(Branch.officer_id), OFFICERS), col(Assignment.status) == AssignmentStatus.OPEN)
        .group_by(col(Branch.officer_id), col(Stage.campaign_id))
    )


@cache
def _watched_work() -> Select[Any]:
    scope = aliased(Unit)
    within = func.substr(col(Unit.path), 1, func.length(scope.path)) == scope.path
    left = col(Counter.total) - col(Counter.done) - col(Counter.waived)
    return (
        select(
            col(Officer.id),
            col(Stage.campaign_id),
            func.sum(left),
            func.sum(case((col(Counter.due_at) <= NOW, left), else_=literal(0, Integer))),
        )
        .select_from(Officer)
        .join(scope, col(scope.id) == Officer.unit_id, isouter=True)
        .join(Unit, or_(col(Officer.unit_id).is_(None), within))
        .join(Counter, col(Counter.unit_id) == Unit.id)
        .join(Window, col(Window.id) == Counter.window_id)
        .join(Stage, col(Stage.id) == Window.stage_id)
        .where(among(col(Officer.id), OFFICERS), col(Officer.role) != OfficerRole.LIAISON)
        .group_by(col(Officer.id), col(Stage.campaign_id))
    )


def _live(query: Select[Any]) -> Select[Any]:
    """Select from the lines about work that still stand, joined to the work and its branch."""
    return (
        query.select_from(NoticeLine)
        .join(Assignment, col(Assignment.id) == NoticeLine.assignment_id, isouter=True)
        .join(Problem, col(Problem.id) == NoticeLine.problem_id, isouter=True)
        .join(Branch, col(Branch.id) == func.coalesce(col(Assignment.branch_id), col(Problem.branch_id)))
        .where(among(col(NoticeLine.notice_id), NOTICES), col(NoticeLine.dropped).is_(None))
    )


def _count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, literal(1, Integer)), else_=literal(0, Integer)))
