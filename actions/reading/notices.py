"""Read what people were told, or will be: notices, their lines and their deliveries."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, case, func, literal, select
from sqlmodel import Session, col

from actions.house import House
from config.errors import Refusal
from config.vocabulary import DeliveryStatus, DropReason, NoticeKind, NoticeStatus, Section
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Campaign, Stage, Task
from models.database import snapshot
from models.notice import Delivery, Notice, NoticeLine
from models.officer import Channel, Officer
from models.problem import Problem
from models.queries import find_campaign, find_officer


@dataclass(frozen=True, slots=True)
class NoticeState:
    """A notice as a line of the list; `lines` counts those not dropped, `day` is the reader's own."""

    notice: int
    officer: str
    officer_name: str
    kind: NoticeKind
    day: date
    status: NoticeStatus
    lines: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class LineState:
    """One line of a notice: a task as `stage/task`, or a problem by its number."""

    campaign: str
    section: Section
    branch: str
    task: str | None
    problem: int | None
    due_at: datetime
    rung: int
    dropped: DropReason | None


@dataclass(frozen=True, slots=True)
class DeliveryState:
    """A notice on its way through one channel; subject and body are None until it is rendered."""

    service: str
    status: DeliveryStatus
    attempts: int
    not_before: datetime
    sent_at: datetime | None
    receipt: str | None
    subject: str | None
    body: str | None


@dataclass(frozen=True, slots=True)
class NoticeDetail:
    """A notice with everything in it."""

    notice: NoticeState
    sends_from: datetime
    sends_until: datetime
    lines: tuple[LineState, ...]
    deliveries: tuple[DeliveryState, ...]


@dataclass(frozen=True, slots=True)
class NoticeFilter:
    """Which notices are asked for; what is None lets all through. `campaign` is any that a line speaks of."""

    campaign: str | None = None
    officer: str | None = None
    status: NoticeStatus | None = None
    day: date | None = None


def read_notices(
    house: House, wanted: NoticeFilter = NoticeFilter(), *, limit: int | None = None
) -> tuple[NoticeState, ...]:
    """Read notices, the newest day first; Refusal for an unknown campaign or officer."""
    with snapshot(house.engine) as session:
        query = _notices().order_by(col(Notice.day).desc(), col(Notice.id).desc()).limit(limit)
        if wanted.campaign is not None:
            campaign = find_campaign(session, wanted.campaign)
            speaking = select(col(NoticeLine.notice_id)).where(col(NoticeLine.campaign_id) == campaign.id)
            query = query.where(col(Notice.id).in_(speaking))
        if wanted.officer is not None:
            query = query.where(col(Notice.officer_id) == find_officer(session, wanted.officer).id)
        if wanted.status is not None:
            query = query.where(col(Notice.status) == wanted.status)
        if wanted.day is not None:
            query = query.where(col(Notice.day) == wanted.day)
        return tuple(NoticeState(*row) for row in session.execute(query))


def read_notice(house: House, notice: int) -> NoticeDetail:
    """Read one notice; Refusal when there is none of that number."""
    with snapshot(house.engine) as session:
        query = _notices().add_columns(col(Notice.sends_from), col(Notice.sends_until))
        found = session.execute(query.where(col(Notice.id) == notice)).one_or_none()
        if found is None:
            raise Refusal(f"notice {notice}: there is none of this number; `rollcall notices list` shows what there is")
        *state, sends_from, sends_until = found
        return NoticeDetail(
            NoticeState(*state), sends_from, sends_until, _lines(session, notice), _deliveries(session, notice)
        )


def _notices() -> Select[Any]:
    """Select the columns of NoticeState."""
    kept = (
        select(func.count())
        .where(col(NoticeLine.notice_id) == Notice.id, col(NoticeLine.dropped).is_(None))
        .correlate(Notice)
        .scalar_subquery()
    )
    return select(
        col(Notice.id),
        col(Officer.code),
        col(Officer.name),
        col(Notice.kind),
        col(Notice.day),
        col(Notice.status),
        kept,
        col(Notice.reason),
    ).join(Officer, col(Officer.id) == Notice.officer_id)


def _lines(session: Session, notice: int) -> tuple[LineState, ...]:
    query = (
        select(
            col(Campaign.code),
            col(NoticeLine.section),
            col(Branch.code),
            case((col(Task.id).is_not(None), col(Stage.code) + literal("/") + col(Task.code))),
            col(Problem.number),
            col(NoticeLine.due_at),
            col(NoticeLine.rung),
            col(NoticeLine.dropped),
        )
        .select_from(NoticeLine)
        .join(Campaign, col(Campaign.id) == NoticeLine.campaign_id)
        .join(Assignment, col(Assignment.id) == NoticeLine.assignment_id, isouter=True)
        .join(Task, col(Task.id) == Assignment.task_id, isouter=True)
        .join(Stage, col(Stage.id) == Task.stage_id, isouter=True)
        .join(Problem, col(Problem.id) == NoticeLine.problem_id, isouter=True)
        .join(Branch, col(Branch.id) == func.coalesce(col(Assignment.branch_id), col(Problem.branch_id)))
        .where(col(NoticeLine.notice_id) == notice)
        .order_by(col(NoticeLine.section), col(NoticeLine.due_at), col(NoticeLine.id))
    )
    return tuple(LineState(*row) for row in session.execute(query))


def _deliveries(session: Session, notice: int) -> tuple[DeliveryState, ...]:
    query = (
        select(
            col(Channel.service),
            col(Delivery.status),
            col(Delivery.attempts),
            col(Delivery.not_before),
            col(Delivery.sent_at),
            col(Delivery.receipt),
            col(Delivery.subject),
            col(Delivery.body),
        )
        .join(Channel, col(Channel.id) == Delivery.channel_id)
        .where(col(Delivery.notice_id) == notice)
        .order_by(col(Channel.rank), col(Delivery.id))
    )
    return tuple(DeliveryState(*row) for row in session.execute(query))
