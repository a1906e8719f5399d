"""Defer what was planned for a send window that has passed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.house import House
from actions.rulebook import Rulebook, rulebook_of
from config.vocabulary import NoticeStatus
from models.campaign import Campaign
from models.database import transaction
from models.dialects import in_chunks, table_of
from models.notice import Notice, NoticeLine
from models.officer import Officer
from rules.deadlines import local_day
from rules.reminders import SendSlot

MERGED = "merged into the digest of a later day"
WEST = ZoneInfo("Etc/GMT+12")
"""The zone in which a day ends last: nobody's day is before it."""


class Passed(NamedTuple):
    """A planned notice whose send window is over."""

    id: int
    officer_id: int
    campaign_id: int
    timezone: str


class Taken(NamedTuple):
    """A notice that the officer has for a day already."""

    id: int
    status: NoticeStatus


def defer_notices(house: House, *, now: datetime) -> int:
    """Move planned notices whose send window is over into the next one; return how many were moved.

    A person still gets one digest a day: several old ones become one, and where there is one for the new
    day already its lines are added to that. Nothing planned is dropped. Repeated at the same instant,
    nothing moves.
    """
    with transaction(house.engine) as session:
        passed = _passed(session, now)
        if not passed:
            return 0
        rulebooks = _rulebooks(session, house, {notice.campaign_id for notice in passed})
        newest = {notice.officer_id: notice for notice in passed}  # in the order of their ids
        merges = [(old.id, newest[old.officer_id].id) for old in passed if old is not newest[old.officer_id]]
        _merge(session, merges)
        _move(session, list(newest.values()), rulebooks, now)
        return len(passed)


def _passed(session: Session, now: datetime) -> list[Passed]:
    query = (
        select(col(Notice.id), col(Notice.officer_id), col(Notice.campaign_id), col(Officer.timezone))
        .join(Officer, col(Officer.id) == Notice.officer_id)
        .where(col(Notice.status) == NoticeStatus.PLANNED, col(Notice.sends_until) <= now)
        .order_by(col(Notice.id))
        .with_for_update(of=table_of(Notice))
    )
    return [Passed(*row) for row in session.execute(query)]


def _rulebooks(session: Session, house: House, campaign_ids: set[int]) -> dict[int, Rulebook]:
    campaigns = session.exec(select_rows(Campaign).where(col(Campaign.id).in_(campaign_ids)))
    return {campaign.id: rulebook_of(house, campaign) for campaign in campaigns}


def _move(session: Session, notices: Sequence[Passed], rulebooks: dict[int, Rulebook], now: datetime) -> None:
    """Give each notice its new send window, or its lines to the notice that the officer has for that day."""
    merges: list[tuple[int, int]] = []
    moves: list[dict[str, Any]] = []
    for run in in_chunks(notices):
        taken = _taken(session, [notice.officer_id for notice in run], local_day(now, WEST))
        for notice in run:
            ladder = rulebooks[notice.campaign_id].ladder
            slot = ladder.send_slot(now)
            there = taken.get((notice.officer_id, _day(slot, notice)))
            while there and there.id != notice.id and there.status is not NoticeStatus.PLANNED:
                slot = ladder.send_slot(slot.closes)
                there = taken.get((notice.officer_id, _day(slot, notice)))
            if there and there.id != notice.id:
                merges.append((notice.id, there.id))
                continue
            window = {"new_day": _day(slot, notice), "new_from": slot.opens, "new_until": slot.closes}
            moves.append({"key": notice.id, **window})
    _merge(session, merges)
    if moves:
        table = table_of(Notice)
        statement = update(table).where(table.c.id == bindparam("key"))
        columns: dict[str, Any] = {
            name: bindparam(f"new_{name.removeprefix('sends_')}") for name in ("day", "sends_from", "sends_until")
        }
        session.connection().execute(statement.values(columns), moves)


def _taken(session: Session, officer_ids: Sequence[int], since: date) -> dict[tuple[int, date], Taken]:
    """Return the notices of officers for a day and those after it, by officer and day, whatever became of them."""
    query = select(col(Notice.officer_id), col(Notice.day), col(Notice.id), col(Notice.status)).where(
        col(Notice.officer_id).in_(officer_ids), col(Notice.day) >= since
    )
    return {(officer_id, day): Taken(*rest) for officer_id, day, *rest in session.execute(query)}


def _day(slot: SendSlot, notice: Passed) -> date:
    return local_day(slot.opens, ZoneInfo(notice.timezone))


def _merge(session: Session, merges: Sequence[tuple[int, int]]) -> None:
    """Move the lines of notices into others, and close what is left of them with the reason."""
    if not merges:
        return
    lines, twin = table_of(NoticeLine), table_of(NoticeLine).alias("twin")
    same_work = (twin.c.assignment_id == lines.c.assignment_id) | (twin.c.problem_id == lines.c.problem_id)
    is_there = select(twin.c.id).where(
        twin.c.notice_id == bindparam("into"), twin.c.section == lines.c.section, same_work
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
