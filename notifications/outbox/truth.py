"""Take off what is no longer true before it is said: the one place that decides it."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnClause, ColumnElement, Select, and_, func, select, update
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import Session, col

from config.vocabulary import DeliveryStatus, NoticeStatus
from models.dialects import in_chunks, is_postgresql, rows_given, table_given, table_of
from models.notice import Delivery, Notice, NoticeLine
from models.parameters import NOTICES, among, run
from models.returned import has_returns
from models.silence import has_silences
from notifications.absences import absences_from, absences_given, give_absences
from notifications.outbox.put_off import Dropped, put_off
from notifications.outbox.reasons import fallen_lines

UNSENT = (NoticeStatus.PLANNED, NoticeStatus.SENDING)
WAITING = (DeliveryStatus.PLANNED, DeliveryStatus.FAILED)

FALLEN = "fallen"


def drop_untrue(session: Session, notices: Collection[int] | None = None, *, now: datetime) -> Counter[int]:
    """Drop the lines that are no longer true; return the notices this cancelled, counted by campaign.

    A line falls when its work is done, waived, solved or passed on, when its deadline has moved, when another
    officer or a deputy is to be told instead of the reader, and a reminder when its branch is silenced; an
    announcement when its window has closed, the news of a channel given up when it is active again, and that
    nothing reaches an officer when a channel does.
    Work that still waits is put off: the next sweep finds it again. A notice without a line left is
    cancelled and keeps the reasons. Looks at all planned notices, or at those given, which may be between
    two tries as well; notices in the hands of another worker are left to it. Repeatable.
    """
    if notices is None:
        return _drop_untrue(session, _lock(session, col(Notice.status) == NoticeStatus.PLANNED), now)
    return _drop_untrue(session, run(session, _locking_unsent(), {"notices": notices}).scalars().all(), now)


def drop_untrue_about(session: Session, subject: ColumnElement[bool], *, now: datetime) -> Counter[int]:
    """Do the same, in the transaction that made them untrue, for planned notices with a live line about something.

    `subject` selects the lines. What a worker has in hand just now falls at its claim.
    """
    speaking = select(col(NoticeLine.notice_id)).where(subject, col(NoticeLine.dropped).is_(None))
    about = and_(col(Notice.status) == NoticeStatus.PLANNED, col(Notice.id).in_(speaking))
    return _drop_untrue(session, _lock(session, about), now)


def _drop_untrue(session: Session, notices: Sequence[int], now: datetime) -> Counter[int]:
    """Drop the lines of notices that are held already."""
    cancelled: Counter[int] = Counter()
    for chunk in in_chunks(notices):
        _drop_lines(session, chunk, now)
        cancelled += _cancel_empty(session, chunk)
    return cancelled


def _lock(session: Session, chosen: ColumnElement[bool]) -> Sequence[int]:
    return session.scalars(_locking(chosen)).all()


def _locking(chosen: ColumnElement[bool], hint: str = "") -> Select[Any]:
    """Take the notices before their lines, as every worker does, so that none waits for another in a circle."""
    notice = table_of(Notice)
    query = select(notice.c.id).with_hint(notice, hint, "sqlite").where(chosen).order_by(notice.c.id)
    return query.with_for_update(skip_locked=True, of=notice)


def _drop_lines(session: Session, notices: Sequence[int], now: datetime) -> None:
    """Find the lines that have fallen, and only where there are any, write it: mostly there are none."""
    absences = absences_from(session, now)
    away = give_absences(session, absences) if absences else {}
    on_postgresql = is_postgresql(session)
    fallen = _fallen(on_postgresql, bool(absences), has_silences(session, now), has_returns(session))
    found = run(session, fallen, {"notices": notices, "now": now, **away}).tuples().all()
    if found:
        dropped = run(session, _dropping(on_postgresql), rows_given(session, FALLEN, _fallen_columns(), found))
        put_off(session, [Dropped(*row) for row in dropped])


def _cancel_empty(session: Session, notices: Sequence[int]) -> Counter[int]:
    """Cancel the notices without a live line, and their deliveries; their reasons are told apart by commas."""
    found = run(session, _empty(), {"notices": notices}).tuples().all()
    if not found:
        return Counter()
    ids = [notice for notice, _ in found]
    notice, delivery = table_of(Notice), table_of(Delivery)
    session.execute(
        update(notice)
        .where(notice.c.id.in_(ids))
        .values(status=NoticeStatus.CANCELLED, reason=_reasons_of(notice.c.id))
    )
    session.execute(
        update(delivery)
        .where(delivery.c.notice_id.in_(ids), delivery.c.status.in_(WAITING))
        .values(status=DeliveryStatus.CANCELLED, lease_token=None, lease_until=None)
    )
    return Counter(campaign for _, campaign in found)


def _reasons_of(notice_id: ColumnElement[int]) -> ColumnElement[str]:
    reasons = (
        select(col(NoticeLine.dropped).label("reason"))
        .where(col(NoticeLine.notice_id) == notice_id)
        .distinct()
        .order_by(col(NoticeLine.dropped))
        .correlate(table_of(Notice))
        .subquery("reasons")
    )
    return select(func.aggregate_strings(reasons.c.reason, ", ")).scalar_subquery()


# Every batch needs these: they are put together once, and only executed then.


@cache
def _locking_unsent() -> Select[Any]:
    # Else SQLite, whom nobody tells how many are planned, reads them all by their status.
    return _locking(and_(among(col(Notice.id), NOTICES), col(Notice.status).in_(UNSENT)), "NOT INDEXED")


@cache
def _fallen(
    is_on_postgresql: bool, is_anyone_away: bool, is_anything_silenced: bool, is_anything_passed_on: bool
) -> Select[Any]:
    away = absences_given(is_on_postgresql) if is_anyone_away else None
    return fallen_lines(away, is_anything_silenced, is_anything_passed_on)


@cache
def _dropping(is_on_postgresql: bool) -> ReturningUpdate[Any]:
    line = table_of(NoticeLine)
    fallen = table_given(is_on_postgresql, FALLEN, _fallen_columns())
    return (
        update(line)
        .where(line.c.id == fallen.c.id, line.c.dropped.is_(None))
        .values(dropped=fallen.c.dropped)
        .returning(line.c.assignment_id, line.c.problem_id, line.c.since, line.c.dropped)
    )


@cache
def _fallen_columns() -> Sequence[ColumnClause[Any]]:
    line = table_of(NoticeLine)
    return [line.c[name] for name in ("id", "dropped")]


@cache
def _empty() -> Select[Any]:
    is_told = (
        select(col(NoticeLine.id))
        .where(col(NoticeLine.notice_id) == Notice.id, col(NoticeLine.dropped).is_(None))
        .exists()
    )
    return select(col(Notice.id), col(Notice.campaign_id)).where(among(col(Notice.id), NOTICES), ~is_told)
