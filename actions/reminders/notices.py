"""Write notices, and lines into them: in statements, however many people are told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CTE, ColumnElement, Integer, ScalarSelect, case, literal, select
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from actions.reminders.planning import WEST, hold_notices, plan_alone, send_days
from actions.reminders.readers import on_first_free_day, on_next_day, untold
from actions.rulebook import Rulebook
from config.vocabulary import NoticeKind, NoticeStatus
from models.base import choice
from models.dialects import count_changed, insert_found, table_of
from models.notice import Notice, NoticeLine, is_digest
from notifications.absences import absence_table, absences_from
from rules.deadlines import local_day

REVIVED = f"""(officer_id, day) WHERE kind = '{NoticeKind.DIGEST}' DO UPDATE
SET status = excluded.status, reason = NULL, campaign_id = excluded.campaign_id,
sends_from = excluded.sends_from, sends_until = excluded.sends_until, planned_at = excluded.planned_at
WHERE notice.status = '{NoticeStatus.CANCELLED}'"""
"""A digest that was cancelled is planned anew."""
ONCE = "(officer_id, extension_id) DO NOTHING"
CLIMBED = """rung = excluded.rung, due_at = excluded.due_at, dropped = NULL, since = CASE
WHEN notice_line.dropped IS NULL AND notice_line.due_at = excluded.due_at AND notice_line.since < excluded.since
THEN notice_line.since ELSE excluded.since END"""
"""A line that still stands has not been told: it goes back as far as it did."""

Lines = Mapping[str, CTE]
"""Lines to be told by the column of what they speak of.

Each has officer_id (who is to be told, or the deputy), id (of what it speaks of), section, rung, due_at,
since and reached_at: the reminder that was due, and the latest step reached.
"""


@dataclass(frozen=True, slots=True)
class Told:
    """How many notices were made or revived, and how many lines were written."""

    notices: int
    lines: int


@dataclass(frozen=True, slots=True)
class _Occasion:
    """Why people are told: in their digests, or apart for an extension."""

    campaign_id: int
    now: datetime
    extension_id: int | None = None

    @property
    def kind(self) -> NoticeKind:
        return NoticeKind.DIGEST if self.extension_id is None else NoticeKind.EXTENSION


def tell_in_digests(
    session: Session, rulebook: Rulebook, lines: Lines, now: datetime, *, put_off: Collection[str] = ()
) -> Told:
    """Put lines into the one digest of each reader's first send day that takes any; made if need be.

    `put_off` names the columns with lines in them that were put off before: of these, readers who were
    told then are not told again.
    From here to the end of the transaction nobody else plans, and no delivery takes these digests.
    """
    plan_alone(session)
    absences = absences_from(session, now)
    fixed = hold_notices(session, lines.values(), absence_table(session, absences), local_day(now, WEST))
    # However many days of a reader are fixed, the one after them is free: every line finds its notice.
    days = send_days(session, rulebook.ladder, now, fixed + 1)
    occasion = _Occasion(rulebook.campaign_id, now)
    addressed = {column: on_first_free_day(session, found, days, absences) for column, found in lines.items()}
    again = {column: untold(column, addressed[column]) for column in put_off}
    return _write(session, occasion, addressed | again)


def tell_apart(session: Session, rulebook: Rulebook, extension_id: int, lines: Lines, now: datetime) -> Told:
    """Put lines into a notice of each reader that speaks of an extension alone, for the next send day; once."""
    days, absences = send_days(session, rulebook.ladder, now, 1), absences_from(session, now)
    occasion = _Occasion(rulebook.campaign_id, now, extension_id)
    addressed = {column: on_next_day(session, found, days, absences) for column, found in lines.items()}
    return _write(session, occasion, addressed)


def _write(session: Session, occasion: _Occasion, addressed: Lines) -> Told:
    notices = lines = 0
    for column, found in addressed.items():
        notices += _write_notices(session, occasion, found)
        lines += _write_lines(session, occasion, column, found)
    return Told(notices, lines)


def _write_notices(session: Session, occasion: _Occasion, addressed: CTE) -> int:
    """Insert the notices that are missing; return how many were made or revived."""
    columns = ["officer_id", "campaign_id", "kind", "extension_id", "day", "sends_from", "sends_until"]
    new = (
        select(
            addressed.c.officer_id,
            literal(occasion.campaign_id),
            literal(occasion.kind, choice(NoticeKind)),
            literal(occasion.extension_id, Integer),
            addressed.c.day,
            addressed.c.sends_from,
            addressed.c.sends_until,
            literal(NoticeStatus.PLANNED, choice(NoticeStatus)),
            literal(occasion.now, UTCDateTime()),
        )
        .distinct()
        .where(addressed.c.officer_id.is_not(None))
        .order_by(addressed.c.officer_id)
    )
    on_conflict = REVIVED if occasion.kind is NoticeKind.DIGEST else ONCE
    return count_changed(session, insert_found(Notice, [*columns, "status", "planned_at"], new, on_conflict))


def _write_lines(session: Session, occasion: _Occasion, line_column: str, addressed: CTE) -> int:
    """Put each line into the planned notice of its reader; return how many there were."""
    found = select(
        _planned_notice(occasion, addressed).label("notice_id"),
        literal(occasion.campaign_id),
        addressed.c.section,
        addressed.c.id,
        addressed.c.rung,
        addressed.c.due_at,
        addressed.c.since,
    )
    lines = found.cte("line").prefix_with("MATERIALIZED")
    columns = ["notice_id", "campaign_id", "section", line_column, "rung", "due_at", "since"]
    new = select(lines).where(lines.c.notice_id.is_not(None)).order_by(lines.c.notice_id, lines.c.section, lines.c.id)
    # The condition is that of the partial key on `unreached_id`; the other keys hold for every line, with it too.
    climbed = f"(notice_id, section, {line_column}) WHERE {line_column} IS NOT NULL DO UPDATE SET {CLIMBED}"
    return count_changed(session, insert_found(NoticeLine, columns, new, climbed))


def _planned_notice(occasion: _Occasion, addressed: CTE) -> ScalarSelect[int | None]:
    """Look a line's notice up by its unique key, line by line; null when it is not planned.

    A join would let planners begin with the notices, of which they know nothing: a moment ago there were none.
    """
    is_readers: tuple[ColumnElement[bool], ...]
    if occasion.kind is NoticeKind.DIGEST:
        is_readers = (is_digest(table_of(Notice)), col(Notice.day) == addressed.c.day)
    else:
        is_readers = (col(Notice.extension_id) == occasion.extension_id,)
    return (
        select(case((col(Notice.status) == NoticeStatus.PLANNED, col(Notice.id))))
        .where(col(Notice.officer_id) == addressed.c.officer_id, *is_readers)
        .correlate(addressed)
        .scalar_subquery()
    )
