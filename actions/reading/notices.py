"""List notices: who was told on which day, or will be, and what became of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select, tuple_
from sqlmodel import Session, col

from actions.house import House
from actions.reading.officers import of_unit
from actions.reading.pages import Page, page_of
from config.vocabulary import NoticeKind, NoticeStatus
from models.database import snapshot
from models.notice import Notice, NoticeLine
from models.officer import Officer
from models.queries import find_campaign, find_officer
from models.scope import EVERYTHING, Scope


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
class NoticeFilter:
    """Which notices are asked for; what is None lets all through.

    `campaign` is any that a line speaks of, `unit` one that the officer answers for or that holds a branch of theirs.
    """

    campaign: str | None = None
    officer: str | None = None
    unit: str | None = None
    status: NoticeStatus | None = None
    day: date | None = None


def read_notices(
    house: House, wanted: NoticeFilter = NoticeFilter(), *, limit: int | None = None
) -> tuple[NoticeState, ...]:
    """Read notices, the newest day first; Refusal for an unknown campaign, officer or unit."""
    with snapshot(house.engine) as session:
        query = newest_first(session, select_notices(), wanted).limit(limit)
        return tuple(NoticeState(*row) for row in session.execute(query))


def read_notice_page(
    house: House,
    wanted: NoticeFilter = NoticeFilter(),
    *,
    limit: int,
    after: int | None = None,
    scope: Scope = EVERYTHING,
) -> Page[NoticeState]:
    """Read at most `limit` notices to the officers inside a scope; `after` is the number that a page ended with.

    Raises Unknown for a campaign, officer or unit that is not there, or not inside.
    """
    with snapshot(house.engine) as session:
        query = newest_first(session, select_notices(), wanted, scope)
        if after is not None:
            last = select(col(Notice.day), col(Notice.id)).where(col(Notice.id) == after).subquery()
            place = tuple_(select(last.c.day).scalar_subquery(), select(last.c.id).scalar_subquery())
            query = query.where(tuple_(col(Notice.day), col(Notice.id)) < place)
        found = session.execute(query.limit(limit + 1))
        return page_of((NoticeState(*row) for row in found), limit, lambda notice: notice.notice)


def select_notices() -> Select[Any]:
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


def newest_first(session: Session, query: Select[Any], wanted: NoticeFilter, scope: Scope = EVERYTHING) -> Select[Any]:
    """Narrow a query of notices to those wanted inside a scope, in the order of the list; Refusal for unknown codes."""
    query = query.order_by(col(Notice.day).desc(), col(Notice.id).desc())
    if not scope.is_everything:
        query = query.where(col(Notice.officer_id).in_(select(col(Officer.id)).where(scope.people)))
    if wanted.campaign is not None:
        campaign = find_campaign(session, wanted.campaign)
        speaking = select(col(NoticeLine.notice_id)).where(col(NoticeLine.campaign_id) == campaign.id)
        query = query.where(col(Notice.id).in_(speaking))
    if wanted.officer is not None:
        query = query.where(col(Notice.officer_id) == find_officer(session, wanted.officer, scope).id)
    if wanted.unit is not None:
        query = query.where(col(Notice.officer_id).in_(of_unit(session, wanted.unit, scope)))
    if wanted.status is not None:
        query = query.where(col(Notice.status) == wanted.status)
    if wanted.day is not None:
        query = query.where(col(Notice.day) == wanted.day)
    return query
