"""Defer what was planned for a send window that has passed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, bindparam, or_, select, update
from sqlmodel import Session, col

from actions.house import House
from actions.reminders.planning import WEST, plan_alone
from actions.rulebook import open_rulebook
from config.said import Said
from config.vocabulary import NoticeKind, NoticeStatus
from models.campaign import Campaign
from models.database import snapshot, transaction
from models.dialects import in_chunks, table_of
from models.notice import SUBJECTS, Notice, NoticeLine, is_digest
from models.officer import Officer
from rules.deadlines import local_day
from rules.reminders import Ladder, SendSlot

MERGED = Said("merged into the digest of a later day")


class Passed(NamedTuple):
    """A planned notice whose send window is over."""

    id: int
    officer_id: int
    timezone: str
    kind: NoticeKind


def find_passed(house: House, now: datetime) -> list[str]:
    """List the campaigns that have planned notices whose send window is over, by code."""
    with snapshot(house.engine) as session:
        query = select(col(Campaign.code)).where(
            col(Campaign.id).in_(select(col(Notice.campaign_id)).where(_is_passed(now)))
        )
        return list(session.scalars(query.order_by(col(Campaign.id))))


def defer_notices(house: House, campaign: str, *, now: datetime) -> int:
    """Move a campaign's planned notices whose send window is over into its next one; return how many were moved.

    A person still gets one digest a day: several old ones become one, and where there is one for the new
    day already, of whatever campaign, its lines are added to that. A message about an extension stays one of
    its own. Nothing planned is dropped. Repeated at the same instant, nothing moves.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        plan_alone(session)
        since = local_day(now, WEST)
        passed, open_targets = _hold(session, rulebook.campaign_id, since, now)
        digests = [notice for notice in passed if notice.kind is NoticeKind.DIGEST]
        newest = {notice.officer_id: notice for notice in digests}  # in the order of their ids
        merges = [(old.id, newest[old.officer_id].id) for old in digests if old is not newest[old.officer_id]]
        _merge(session, merges)
        _move_digests(session, list(newest.values()), rulebook.ladder, open_targets, since, now)
        next_slot = rulebook.ladder.send_slot(now)
        _move(session, [(notice, next_slot) for notice in passed if notice.kind is NoticeKind.EXTENSION])
        return len(passed)


def _is_passed(now: datetime) -> ColumnElement[bool]:
    return and_(col(Notice.status) == NoticeStatus.PLANNED, col(Notice.sends_until) <= now)


def _hold(session: Session, campaign_id: int, since: date, now: datetime) -> tuple[list[Passed], frozenset[int]]:
    """Lock what has passed, and all that it may be merged into, so that no delivery takes any of it meanwhile.

    Returns what has passed, and the ids of everything that was locked: a notice that a delivery took first
    is not among them.
    """
    notice = table_of(Notice).c
    is_passed = and_(_is_passed(now), notice.campaign_id == campaign_id)
    readers = table_of(Notice).alias("passed").c
    has_passed = select(readers.officer_id).where(
        readers.status == NoticeStatus.PLANNED, readers.sends_until <= now, readers.campaign_id == campaign_id
    )
    is_target = and_(
        notice.status == NoticeStatus.PLANNED,
        notice.day >= since,
        notice.officer_id.in_(has_passed),
        is_digest(table_of(Notice)),
    )
    query = (
        select(notice.id, notice.officer_id, col(Officer.timezone), notice.kind, is_passed.label("is_passed"))
        .join(Officer, col(Officer.id) == notice.officer_id)
        .where(or_(is_passed, is_target))
        .order_by(notice.id)
        # Not against the foreign keys of deliveries that are being queued: those would wait in a circle.
        .with_for_update(of=table_of(Notice), key_share=True)
    )
    held = session.execute(query).tuples().all()
    passed = [Passed(*notice) for *notice, is_over in held if is_over]
    return passed, frozenset(key for key, *_ in held)


def _move_digests(
    session: Session, digests: Sequence[Passed], ladder: Ladder, targets: frozenset[int], since: date, now: datetime
) -> None:
    """Give each digest its new send window, or its lines to the digest that the officer has for that day."""
    merges: list[tuple[int, int]] = []
    moves: list[tuple[Passed, SendSlot]] = []
    for run in in_chunks(digests):
        taken = _taken(session, [digest.officer_id for digest in run], since)
        for digest in run:
            slot = ladder.send_slot(now)
            there = taken.get((digest.officer_id, _day(slot, digest)))
            while there and there != digest.id and there not in targets:
                slot = ladder.send_slot(slot.closes)
                there = taken.get((digest.officer_id, _day(slot, digest)))
            if there and there != digest.id:
                merges.append((digest.id, there))
            else:
                moves.append((digest, slot))
    _merge(session, merges)
    _move(session, moves)


def _move(session: Session, moves: Sequence[tuple[Passed, SendSlot]]) -> None:
    """Give each notice its new send window."""
    if not moves:
        return
    table = table_of(Notice)
    statement = update(table).where(table.c.id == bindparam("key"))
    columns: dict[str, Any] = {
        name: bindparam(f"new_{name.removeprefix('sends_')}") for name in ("day", "sends_from", "sends_until")
    }
    rows = [
        {"key": notice.id, "new_day": _day(slot, notice), "new_from": slot.opens, "new_until": slot.closes}
        for notice, slot in moves
    ]
    session.connection().execute(statement.values(columns), rows)


def _taken(session: Session, officer_ids: Sequence[int], since: date) -> dict[tuple[int, date], int]:
    """Return the digests of officers for a day and those after it, by officer and day, whatever became of them."""
    query = select(col(Notice.officer_id), col(Notice.day), col(Notice.id)).where(
        col(Notice.officer_id).in_(officer_ids), col(Notice.day) >= since, is_digest(table_of(Notice))
    )
    return {(officer_id, day): notice for officer_id, day, notice in session.execute(query)}


def _day(slot: SendSlot, notice: Passed) -> date:
    return local_day(slot.opens, ZoneInfo(notice.timezone))


def _merge(session: Session, merges: Sequence[tuple[int, int]]) -> None:
    """Move the lines of notices into others, and close what is left of them with the reason."""
    if not merges:
        return
    lines, twin = table_of(NoticeLine), table_of(NoticeLine).alias("twin")
    is_same = or_(*(twin.c[subject] == lines.c[subject] for subject in SUBJECTS))
    is_there = select(twin.c.id).where(
        twin.c.notice_id == bindparam("into"), twin.c.section == lines.c.section, is_same
    )
    rows = [{"old": old, "into": into} for old, into in merges]
    connection = session.connection()
    connection.execute(
        update(lines)
        .where(lines.c.notice_id == bindparam("old"), ~is_there.exists())
        .values(notice_id=bindparam("into")),
        rows,
    )
    notices = table_of(Notice)
    connection.execute(
        update(notices).where(notices.c.id == bindparam("old")).values(status=NoticeStatus.CANCELLED, reason=MERGED),
        [{"old": old} for old, _ in merges],
    )
