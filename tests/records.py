"""Read what a house remembers, in the words that people use."""

import json
from collections import Counter as Tallies
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, String, cast, func, literal
from sqlmodel import SQLModel, col, select

from actions.assignments.counters import CounterKey
from actions.house import House
from config.vocabulary import AssignmentStatus, DropReason, EventKind, NoticeKind, NoticeStatus, Section
from models.assignment import Assignment, Counter
from models.branch import Branch
from models.campaign import Stage, Task, Wave
from models.database import snapshot
from models.event import Event
from models.notice import Notice, NoticeLine
from models.officer import Channel, Officer
from models.problem import Problem
from models.queries import find_campaign, find_window
from models.unit import Unit
from models.window import Window

CAMPAIGN = "trial"


class Counts(NamedTuple):
    """What stands beside a counter's key."""

    total: int
    done: int
    in_time: int
    waived: int


class Line(NamedTuple):
    """One line of a digest, and why it was taken off; a window is told as work without a branch, a channel likewise."""

    section: Section
    branch: str | None
    work: str
    rung: int | None
    dropped: DropReason | None = None


class Digest(NamedTuple):
    """A notice with its lines."""

    officer: str
    day: date
    status: NoticeStatus
    lines: tuple[Line, ...]
    sends_from: datetime
    sends_until: datetime
    reason: str | None


def rows(house: House, query: Select[Any]) -> list[Any]:
    with snapshot(house.engine) as session:
        return list(session.execute(query).all())


def every(house: House, model: type[SQLModel]) -> list[Any]:
    with snapshot(house.engine) as session:
        return list(session.exec(select(model)).all())


def branch_of(house: House, code: str) -> Branch:
    """The branch of a code."""
    (branch,) = [branch for branch in every(house, Branch) if branch.code == code]
    return branch


def unit_codes(house: House) -> dict[int, str]:
    """The codes of units by their keys."""
    return {unit.id: unit.code for unit in every(house, Unit)}


def work_of(house: House, branch: str, task: str) -> Assignment:
    """One assignment by its branch and the code of its task."""
    query = (
        select(Assignment)
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .join(Task, col(Task.id) == Assignment.task_id)
        .where(Branch.code == branch, Task.code == task)
    )
    with snapshot(house.engine) as session:
        return session.exec(query).one()


def window_of(house: House, label: str, campaign: str = CAMPAIGN) -> Window:
    with snapshot(house.engine) as session:
        return find_window(session, find_campaign(session, campaign), label).window


def window_id(house: House, label: str, campaign: str = CAMPAIGN) -> int:
    return window_of(house, label, campaign).id


def events_of(house: House, *kinds: EventKind) -> list[Event]:
    """The events of some kinds, or all of them, in the order in which they were recorded."""
    with snapshot(house.engine) as session:
        events = session.exec(select(Event).order_by(col(Event.id))).all()
    return [event for event in events if not kinds or event.kind in kinds]


def facts(text: str | None) -> Any:
    return json.loads(text or "null")


def digests(house: House, *, live: bool = False, kind: NoticeKind = NoticeKind.DIGEST) -> list[Digest]:
    """All digests in the order of officer and day; with `live`, those that are not cancelled.

    Of the other kind, the messages about extensions.
    """
    with snapshot(house.engine) as session:
        lines = _lines(session.exec(_line_query()).all())
        found = session.exec(
            select(Notice, Officer.code)
            .join(Officer, col(Officer.id) == Notice.officer_id)
            .where(Notice.kind == kind)
            .order_by(col(Officer.code), col(Notice.day), col(Notice.id))
        ).all()
    return [
        Digest(
            code,
            notice.day,
            notice.status,
            tuple(lines.get(notice.id, ())),
            notice.sends_from,
            notice.sends_until,
            notice.reason,
        )
        for notice, code in found
        if not live or notice.status is not NoticeStatus.CANCELLED
    ]


def told(house: House) -> set[tuple[str, str | None, str]]:
    """Who is told of what: officer, branch and work of every line that stands in a digest that does."""
    return {
        (digest.officer, line.branch, line.work)
        for digest in digests(house, live=True)
        for line in digest.lines
        if line.dropped is None
    }


def counters_of(house: House) -> dict[CounterKey, Counts]:
    """The counters as they are kept; rows that count nothing say nothing."""
    kept = every(house, Counter)
    return {
        CounterKey(row.window_id, row.task_id, row.unit_id, row.due_at): counts
        for row in kept
        if any(counts := Counts(row.total, row.done, row.in_time, row.waived))
    }


def recounted(house: House) -> dict[CounterKey, Counts]:
    """The counters as they should be: counted one by one over all assignments."""
    totals: Tallies[tuple[CounterKey, str]] = Tallies()
    for work in every(house, Assignment):
        key = CounterKey(work.window_id, work.task_id, work.unit_id, work.due_at)
        totals[key, "total"] += 1
        totals[key, "done"] += work.status is AssignmentStatus.DONE
        totals[key, "in_time"] += work.done_at is not None and work.done_at < work.due_at
        totals[key, "waived"] += work.status is AssignmentStatus.WAIVED
    return {key: Counts(*(totals[key, name] for name in Counts._fields)) for key, _ in totals}


def _line_query() -> Any:
    return (
        select(NoticeLine, Branch.code, _work())
        .join(Assignment, col(Assignment.id) == NoticeLine.assignment_id, isouter=True)
        .join(Task, col(Task.id) == Assignment.task_id, isouter=True)
        .join(Problem, col(Problem.id) == NoticeLine.problem_id, isouter=True)
        .join(Branch, col(Branch.id) == func.coalesce(Assignment.branch_id, Problem.branch_id), isouter=True)
        .join(Window, col(Window.id) == NoticeLine.window_id, isouter=True)
        .join(Wave, col(Wave.id) == Window.wave_id, isouter=True)
        .join(Stage, col(Stage.id) == func.coalesce(Task.stage_id, Window.stage_id), isouter=True)
        .join(Channel, col(Channel.id) == NoticeLine.channel_id, isouter=True)
        .join(Officer, col(Officer.id) == func.coalesce(Channel.officer_id, NoticeLine.unreached_id), isouter=True)
        .order_by(
            col(NoticeLine.section), col(Branch.code), col(Stage.position), col(Task.position), col(Wave.position)
        )
    )


def _work() -> Any:
    """What a line is about: `stage/task`, `#number`, `stage/wave`, `officer service`, or `officer -`."""
    return func.coalesce(
        col(Stage.code) + literal("/") + func.coalesce(Task.code, Wave.code),
        literal("#") + cast(col(Problem.number), String),
        col(Officer.code) + literal(" ") + func.coalesce(Channel.service, "-"),
    )


def _lines(found: Iterable[Any]) -> dict[int, list[Line]]:
    lines: dict[int, list[Line]] = {}
    for line, branch, work in found:
        lines.setdefault(line.notice_id, []).append(Line(line.section, branch, work, line.rung, line.dropped))
    return lines
