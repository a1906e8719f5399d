"""Read the lines of notices that speak of no work: openings, lost channels, and why an extension was granted."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, or_, select
from sqlmodel import Session, col

from config.vocabulary import ChannelStatus, Section
from models.assignment import Assignment, Counter, Extension
from models.branch import Branch
from models.campaign import Stage, Task, Wave
from models.dialects import table_of
from models.notice import Notice, NoticeLine
from models.officer import Channel, Officer
from models.parameters import NOTICES, among, run
from models.window import Window


class OpeningLine(NamedTuple):
    """A live line about a window that has opened, by the codes of its stage and wave."""

    notice_id: int
    campaign_id: int
    window_id: int
    stage: str
    wave: str
    first_day: date
    last_day: date


class OwnDeadline(NamedTuple):
    """The earliest deadline that a task of an opened window has among the reader's own branches."""

    notice_id: int
    window_id: int
    task: str
    due_at: datetime


class ChannelLine(NamedTuple):
    """A live line about a channel that was given up, and whether its officer has another."""

    notice_id: int
    campaign_id: int
    officer: str
    service: str
    reason: str | None
    is_reached: bool


class UnreachedLine(NamedTuple):
    """A live line about an officer whom no active channel reaches."""

    notice_id: int
    campaign_id: int
    officer: str


class Grant(NamedTuple):
    """Why a notice tells of a later last day, and who granted it."""

    notice_id: int
    reason: str
    granted_by: str


def opening_lines(session: Session, notices: Collection[int]) -> Iterable[OpeningLine]:
    """Read the live lines about openings, the earliest first."""
    return (OpeningLine(*row) for row in run(session, _opening_lines(), {"notices": notices}))


@cache
def _opening_lines() -> Select[Any]:
    columns = (
        col(NoticeLine.notice_id),
        col(NoticeLine.campaign_id),
        col(Window.id),
        col(Stage.code),
        col(Wave.code),
        col(Window.first_day),
        col(Window.last_day),
    )
    return (
        _live(select(*columns).select_from(NoticeLine), Section.ANNOUNCEMENT)
        .join(Window, col(Window.id) == NoticeLine.window_id)
        .join(Stage, col(Stage.id) == Window.stage_id)
        .join(Wave, col(Wave.id) == Window.wave_id)
        .order_by(col(Window.first_day), col(Stage.position), col(Wave.position), col(NoticeLine.id))
    )


def own_deadlines(session: Session, notices: Collection[int]) -> Iterable[OwnDeadline]:
    """Read the deadlines of opened windows among the branches of the readers, and of those they stand in for."""
    return (OwnDeadline(*row) for row in run(session, _own_deadlines(), {"notices": notices}))


@cache
def _own_deadlines() -> Select[Any]:
    return (
        _live(
            select(col(NoticeLine.notice_id), col(Window.id), col(Task.code), func.min(col(Assignment.due_at))),
            Section.ANNOUNCEMENT,
        )
        .select_from(NoticeLine)
        .join(Notice, col(Notice.id) == NoticeLine.notice_id)
        .join(Officer, or_(col(Officer.id) == Notice.officer_id, col(Officer.deputy_id) == Notice.officer_id))
        .join(Branch, col(Branch.officer_id) == Officer.id)
        .join(Window, col(Window.id) == NoticeLine.window_id)
        .join(Task, col(Task.stage_id) == Window.stage_id)
        .join(
            Assignment,
            and_(
                col(Assignment.task_id) == Task.id,
                col(Assignment.branch_id) == Branch.id,
                col(Assignment.window_id) == Window.id,
            ),
        )
        .group_by(col(NoticeLine.notice_id), col(Window.id), col(Task.code))
    )


def usual_deadlines(session: Session, windows: Collection[int]) -> dict[tuple[int, str], datetime]:
    """Find the deadline that most branches have, for each window and code of a task."""
    query = (
        select(col(Counter.window_id), col(Task.code), col(Counter.due_at))
        .join(Task, col(Task.id) == Counter.task_id)
        .where(col(Counter.window_id).in_(windows))
        .group_by(col(Counter.window_id), col(Task.code), col(Counter.due_at))
        .order_by(func.sum(col(Counter.total)), col(Counter.due_at).desc())
    )
    return {(window, task): due_at for window, task, due_at in session.execute(query)}


def channel_lines(session: Session, notices: Collection[int]) -> Iterable[ChannelLine]:
    """Read the live lines about channels that were given up, by the name of their officer."""
    return (ChannelLine(*row) for row in run(session, _channel_lines(), {"notices": notices}))


@cache
def _channel_lines() -> Select[Any]:
    other = table_of(Channel).alias("other")
    reaches = (other.c.officer_id == Officer.id, other.c.status == ChannelStatus.ACTIVE)
    columns = (
        col(NoticeLine.notice_id),
        col(NoticeLine.campaign_id),
        col(Officer.name),
        col(Channel.service),
        col(Channel.disabled_reason),
        select(other.c.id).where(*reaches).correlate(Officer).exists(),
    )
    return (
        _live(select(*columns).select_from(NoticeLine), Section.CHANNEL)
        .join(Channel, col(Channel.id) == NoticeLine.channel_id)
        .join(Officer, col(Officer.id) == Channel.officer_id)
        .order_by(col(Officer.name), col(NoticeLine.id))
    )


def unreached_lines(session: Session, notices: Collection[int]) -> Iterable[UnreachedLine]:
    """Read the live lines about officers whom nothing reaches, by their names."""
    return (UnreachedLine(*row) for row in run(session, _unreached_lines(), {"notices": notices}))


@cache
def _unreached_lines() -> Select[Any]:
    columns = (col(NoticeLine.notice_id), col(NoticeLine.campaign_id), col(Officer.name))
    return (
        _live(select(*columns).select_from(NoticeLine), Section.CHANNEL)
        .join(Officer, col(Officer.id) == NoticeLine.unreached_id)
        .order_by(col(Officer.name), col(NoticeLine.id))
    )


def grants_of(session: Session, notices: Collection[int]) -> dict[int, Grant]:
    """Read the extensions that notices tell of, by notice."""
    if not notices:
        return {}
    query = (
        select(col(Notice.id), col(Extension.reason), col(Extension.granted_by))
        .join(Extension, col(Extension.id) == Notice.extension_id)
        .where(col(Notice.id).in_(notices))
    )
    return {row.id: Grant(*row) for row in session.execute(query)}


def _live(query: Select[Any], section: Section) -> Select[Any]:
    return query.where(
        among(col(NoticeLine.notice_id), NOTICES), col(NoticeLine.dropped).is_(None), col(NoticeLine.section) == section
    )
