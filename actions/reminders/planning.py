"""Hold the notices of the people who are to be told, and find the days on which they can be."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import CTE, Date, Integer, String, column, func, select, union_all
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from config.vocabulary import NoticeStatus
from models.dialects import is_postgresql, table_of, values_table
from models.notice import Notice, is_digest
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


def hold_notices(session: Session, lines: Iterable[CTE], away: CTE, first: date) -> int:
    """Lock the digests that those to be told, and all deputies, have for a day and those after it.

    Returns the most days that are fixed for an officer and a deputy.

    A delivery that came first has made its notice fixed by the time this returns; one that comes later
    leaves the notice alone until the transaction has ended. So whatever is read of these notices from now
    on stays true, as long as nobody else is planning.
    """
    readers = union_all(*(select(found.c.officer_id) for found in lines), select(away.c.deputy_id))
    query = (
        select(col(Notice.officer_id), col(Notice.status))
        .where(col(Notice.officer_id).in_(readers), col(Notice.day) >= first, is_digest(table_of(Notice)))
        .order_by(col(Notice.id))
        # Not against the foreign keys of deliveries that are being queued: those would wait in a circle.
        .with_for_update(of=table_of(Notice), key_share=True)
    )
    fixed = Counter(officer_id for officer_id, status in session.execute(query) if status in FIXED)
    return sum(count for _, count in fixed.most_common(2))


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
