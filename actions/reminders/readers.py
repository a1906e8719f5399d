"""Who reads a line, and on which day: the officer it is for, or the deputy while the officer is away."""

from collections.abc import Sequence

from sqlalchemy import CTE, ColumnElement, and_, case, func, or_, select
from sqlmodel import Session, col

from actions.reminders.planning import FIXED
from config.vocabulary import NoticeStatus
from models.dialects import table_of
from models.notice import Notice, NoticeLine, is_digest
from models.officer import Officer
from notifications.absences import Absence, absence_table, holds


def on_first_free_day(session: Session, lines: CTE, days: CTE, absences: Sequence[Absence]) -> CTE:
    """Give each line its reader, and the reader's first send day whose digest is not fixed.

    Each day belongs to one of the two: to the deputy when the officer is away as its send window opens.
    """
    return _addressed(session, lines, days, absences, only_free=True)


def on_next_day(session: Session, lines: CTE, days: CTE, absences: Sequence[Absence]) -> CTE:
    """Give each line its reader on the next send day, whatever goes out on it already."""
    return _addressed(session, lines, days, absences, only_free=False)


def untold(line_column: str, addressed: CTE) -> CTE:
    """Leave out what its reader was told already, or will be: work that was put off is due again for all its readers.

    A reader was told when a line stands that was planned for the latest step, or in a notice planned since.
    Looked up line by line, by the work: no planner that knows nothing of the lines can do worse.
    """
    lines, notice = table_of(NoticeLine), table_of(Notice)
    planned_at = case((lines.c.since > notice.c.planned_at, lines.c.since), else_=notice.c.planned_at)
    told_at = (
        select(func.max(planned_at))
        .join(notice, notice.c.id == lines.c.notice_id)
        .where(
            lines.c[line_column] == addressed.c.id,
            lines.c.section == addressed.c.section,
            lines.c.due_at == addressed.c.due_at,
            lines.c.dropped.is_(None),
            lines.c.since.is_not(None),
            notice.c.officer_id == addressed.c.officer_id,
            notice.c.status != NoticeStatus.CANCELLED,
        )
        .correlate(addressed)
        .scalar_subquery()
    )
    return (
        select(addressed)
        .where(or_(addressed.c.since.is_(None), func.coalesce(told_at < addressed.c.reached_at, True)))
        .cte(f"untold_{addressed.name}")
        .prefix_with("MATERIALIZED")
    )


def _addressed(session: Session, lines: CTE, days: CTE, absences: Sequence[Absence], *, only_free: bool) -> CTE:
    possible = _possible(session, lines, days, absences)
    turn = func.row_number().over(partition_by=possible.c.officer_id, order_by=possible.c.turn)
    free = select(possible, turn.label("number"))
    if only_free:
        free = free.where(~_is_fixed(possible))
    first = free.cte(f"free_{lines.name}").prefix_with("MATERIALIZED")
    said = (each for each in lines.c if each.key != "officer_id")
    found = (
        select(first.c.reader_id.label("officer_id"), *said, first.c.day, first.c.sends_from, first.c.sends_until)
        .select_from(lines)
        .join(first, and_(first.c.officer_id == lines.c.officer_id, first.c.number == 1))
    )
    # A deputy may be told of the same as somebody else as well.
    return (found.distinct() if absences else found).cte(f"addressed_{lines.name}")


def _possible(session: Session, lines: CTE, days: CTE, absences: Sequence[Absence]) -> CTE:
    """Compose the readers that each officer's lines may have, with their days."""
    away = absence_table(session, absences)
    told = select(lines.c.officer_id).distinct().cte(f"told_{lines.name}")
    slot = (days.c.turn, days.c.day, days.c.sends_from, days.c.sends_until)
    is_away = select(away.c.officer_id).where(away.c.officer_id == told.c.officer_id, holds(away, days.c.sends_from))
    present = (
        select(told.c.officer_id, col(Officer.id).label("reader_id"), *slot)
        .join(Officer, col(Officer.id) == told.c.officer_id)
        .join(days, days.c.timezone == Officer.timezone)
        .where(~is_away.correlate(told, days).exists())
    )
    instead = (
        select(told.c.officer_id, col(Officer.id), *slot)
        .join(away, away.c.officer_id == told.c.officer_id)
        .join(Officer, col(Officer.id) == away.c.deputy_id)
        .join(days, and_(days.c.timezone == Officer.timezone, holds(away, days.c.sends_from)))
    )
    return present.union_all(instead).cte(f"possible_{lines.name}")


def _is_fixed(possible: CTE) -> ColumnElement[bool]:
    """Tell whether a reader's digest of a day takes no further lines."""
    fixed = table_of(Notice).alias("fixed")
    return (
        select(fixed.c.id)
        .where(
            fixed.c.officer_id == possible.c.reader_id,
            is_digest(fixed),
            fixed.c.day == possible.c.day,
            fixed.c.status.in_(FIXED),
        )
        .correlate(possible)
        .exists()
    )
