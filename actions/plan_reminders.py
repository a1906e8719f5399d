"""Plan reminders: find what reached a rung, and put it into the one notice of each person's day."""

from datetime import datetime

from sqlalchemy import CTE, ScalarSelect, case, literal, select
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from actions.events import PATROL, event_row, record
from actions.house import House
from actions.reminders.due_work import sources
from actions.reminders.lines import addressed_lines
from actions.reminders.planning import WEST, hold_notices, plan_alone, send_days
from actions.rulebook import Rulebook, open_rulebook
from config.vocabulary import EventKind, NoticeKind, NoticeStatus
from models.base import choice
from models.database import transaction
from models.dialects import count_changed, insert_found
from models.notice import Notice, NoticeLine
from models.queries import find_stage
from rules.deadlines import local_day

REVIVED = f"""(officer_id, day) WHERE kind = '{NoticeKind.DIGEST}' DO UPDATE
SET status = excluded.status, reason = NULL, campaign_id = excluded.campaign_id,
sends_from = excluded.sends_from, sends_until = excluded.sends_until, planned_at = excluded.planned_at
WHERE notice.status = '{NoticeStatus.CANCELLED}'"""
"""A notice that was cancelled is planned anew."""


def plan_reminders(house: House, campaign: str, stage: str, *, now: datetime) -> int:
    """Plan what a stage's open work has reached since the last time; return how many notices were made.

    In one transaction: every rung reached by `now` is merged into the highest for each person, the lines
    go into the one notice of (officer, send day), and each row's next reminder moves on. The cost follows
    what is due. Repeated at the same instant it finds nothing; killed, it leaves nothing.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        stage_id = find_stage(session, rulebook.campaign, stage).id
        due = [(source, keys) for source in sources(stage_id, now) if (keys := source.keys(session))]
        if not due:
            return 0
        plan_alone(session)
        fixed = hold_notices(session, [source for source, _ in due], local_day(now, WEST))
        # However many days of a reader are fixed, the one after them is free: every line finds its notice.
        days = send_days(session, rulebook.ladder, now, fixed + 1)
        made = rows = 0
        for source, keys in due:
            reached = {key: rulebook.ladder.reached(*key, now) for key in keys}
            addressed = addressed_lines(session, source, reached, days)
            made += _write_notices(session, rulebook, addressed, now)
            _write_lines(session, rulebook, source.line_column, addressed)
            rows += source.move_on(session, reached)
        planned = event_row(
            EventKind.NOTICES_PLANNED,
            stage,
            at=now,
            actor=PATROL,
            campaign_id=rulebook.campaign_id,
            after={"notices": made, "reminded": rows},
        )
        record(session, planned)
        return made


def _write_notices(session: Session, rulebook: Rulebook, addressed: CTE, now: datetime) -> int:
    """Insert the notices that are missing; return how many were made or revived."""
    columns = ["officer_id", "campaign_id", "kind", "day", "sends_from", "sends_until", "status", "planned_at"]
    new = (
        select(
            addressed.c.officer_id,
            literal(rulebook.campaign_id),
            literal(NoticeKind.DIGEST, choice(NoticeKind)),
            addressed.c.day,
            addressed.c.sends_from,
            addressed.c.sends_until,
            literal(NoticeStatus.PLANNED, choice(NoticeStatus)),
            literal(now, UTCDateTime()),
        )
        .distinct()
        .where(addressed.c.officer_id.is_not(None))
        .order_by(addressed.c.officer_id)
    )
    return count_changed(session, insert_found(Notice, columns, new, REVIVED))


def _write_lines(session: Session, rulebook: Rulebook, line_column: str, addressed: CTE) -> None:
    """Put each line into the planned notice of its reader's day."""
    found = select(
        _planned_notice(addressed).label("notice_id"),
        literal(rulebook.campaign_id),
        addressed.c.section,
        addressed.c.id,
        addressed.c.rung,
        addressed.c.due_at,
    )
    lines = found.cte("line").prefix_with("MATERIALIZED")
    columns = ["notice_id", "campaign_id", "section", line_column, "rung", "due_at"]
    new = select(lines).where(lines.c.notice_id.is_not(None)).order_by(lines.c.notice_id, lines.c.section, lines.c.id)
    climbed = "rung = excluded.rung, due_at = excluded.due_at, dropped = NULL"
    session.execute(
        insert_found(NoticeLine, columns, new, f"(notice_id, section, {line_column}) DO UPDATE SET {climbed}")
    )


def _planned_notice(addressed: CTE) -> ScalarSelect[int | None]:
    """Look a line's notice up by its unique key, line by line; null when it is not planned.

    A join would let planners begin with the notices, of which they know nothing: a moment ago there were none.
    """
    return (
        select(case((col(Notice.status) == NoticeStatus.PLANNED, col(Notice.id))))
        .where(
            col(Notice.officer_id) == addressed.c.officer_id,
            col(Notice.kind) == NoticeKind.DIGEST,
            col(Notice.day) == addressed.c.day,
        )
        .correlate(addressed)
        .scalar_subquery()
    )
