"""Hold the notices of the people who are to be told, so that nothing happens to them while lines are written."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import CTE, Date, Integer, Select, String, column, func, or_, select
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from actions.reminders.audience import listeners
from actions.reminders.due_work import Source
from config.vocabulary import NoticeKind, NoticeStatus
from models.branch import Branch
from models.dialects import is_postgresql, values_table
from models.notice import Notice
from models.officer import Officer
from rules.deadlines import local_day
from rules.reminders import Ladder, SendSlot

FIXED = (NoticeStatus.SENDING, NoticeStatus.SENT, NoticeStatus.HELD, NoticeStatus.DEAD)
"""The states of a notice that takes no further lines: what comes later goes to the next send day."""

WEST = ZoneInfo("Etc/GMT+12")
"""The zone in which a day ends last: nobody's day is before it."""

PLANNING_LOCK = 5_760_423


def plan_alone(session: Session) -> None:
    """Let no other transaction make notices or move lines between them until this one has ended."""
    if is_postgresql(session):  # SQLite's writers already wait for one another
        session.execute(select(func.pg_advisory_xact_lock(PLANNING_LOCK)))


def hold_notices(session: Session, due: Sequence[Source], first: date) -> int:
    """Lock what the people to be told have for a day and those after it; return the most days that are fixed.

    A delivery that came first has made its notice fixed by the time this returns; one that comes later
    leaves the notice alone until the transaction has ended. So whatever is read of these notices from now
    on stays true, as long as nobody else is planning.
    """
    officers = or_(*(col(Notice.officer_id).in_(_own_officers(source)) for source in due))
    above = {listener.officer_id for source in due for listener in listeners(session, source.units(session))}
    query = (
        select(col(Notice.officer_id), col(Notice.status))
        .where(or_(officers, col(Notice.officer_id).in_(above)), col(Notice.day) >= first)
        .where(col(Notice.kind) == NoticeKind.DIGEST)
        .order_by(col(Notice.id))
        # Not against the foreign keys of deliveries that are being queued: those would wait in a circle.
        .with_for_update(key_share=True)
    )
    fixed = Counter(officer_id for officer_id, status in session.execute(query) if status in FIXED)
    return max(fixed.values(), default=0)


def _own_officers(source: Source) -> Select[Any]:
    due = source.due()
    return (
        select(col(Branch.officer_id))
        .join(due, due.c.branch_id == Branch.id)
        .where(col(Branch.officer_id).is_not(None))
    )


def send_days(session: Session, ladder: Ladder, now: datetime, count: int) -> CTE:
    """Compose the next send days, `count` of them for each zone that officers live in, numbered by `turn`."""
    zones = session.scalars(select(col(Officer.timezone)).distinct())
    rows = [
        (zone, turn, day, slot.opens, slot.closes)
        for zone in zones
        for turn, (day, slot) in enumerate(_next_days(ladder, ZoneInfo(zone), now, count).items())
    ]
    columns = (
        column("timezone", String),
        column("turn", Integer),
        column("day", Date),
        column("sends_from", UTCDateTime()),
        column("sends_until", UTCDateTime()),
    )
    return values_table(session, "send_day", columns, rows)


def _next_days(ladder: Ladder, zone: ZoneInfo, now: datetime, count: int) -> dict[date, SendSlot]:
    """Find the next days of a zone on which something may go out, this one included, each with its hours."""
    days: dict[date, SendSlot] = {}
    instant = now
    while len(days) < count:
        slot = ladder.send_slot(instant)
        days.setdefault(local_day(slot.opens, zone), slot)
        instant = slot.closes
    return days
