"""Plan reminders: find what reached a rung, and put it into the one notice of each person's day."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CTE, Integer, and_, column, func, literal, select
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from actions.events import PATROL, event_row, record
from actions.house import House
from actions.reminders.audience import Listener, listeners
from actions.reminders.due_work import Key, Source, rung_rows, sources
from actions.reminders.planning import FIXED, WEST, hold_notices, plan_alone, send_days, unit_ids
from actions.rulebook import Rulebook, open_rulebook
from config.vocabulary import EventKind, NoticeKind, NoticeStatus, OfficerRole, Section
from models.base import choice
from models.branch import Branch
from models.database import transaction
from models.dialects import count_changed, in_chunks, insert_into, table_of, values_table
from models.notice import Notice, NoticeLine
from models.officer import Officer
from models.queries import find_stage
from rules.deadlines import local_day
from rules.reminders import Reached

KEYS_A_STATEMENT = 500


def plan_reminders(house: House, campaign: str, stage: str, *, now: datetime) -> int:
    """Plan what a stage's open work has reached since the last time; return how many notices were made.

    In one transaction: every rung reached by `now` is merged into the highest for each person, the lines
    go into the one notice of (officer, send day), and each row's next reminder moves on. The cost follows
    what is due. Repeated at the same instant it finds nothing; killed, it leaves nothing.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        stage_id = find_stage(session, rulebook.campaign, stage).id
        due = [(source, source.keys(session)) for source in sources(stage_id, now)]
        if not any(keys for _, keys in due):
            return 0
        plan_alone(session)
        fixed = hold_notices(session, [source for source, keys in due if keys], local_day(now, WEST))
        # However many days of a reader are fixed, the one after them is free: every line finds its notice.
        days = send_days(session, rulebook.ladder, now, fixed + 1)
        made = rows = 0
        for source, found in due:
            for keys in in_chunks(found, KEYS_A_STATEMENT):
                reached = {key: rulebook.ladder.reached(*key, now) for key in keys}
                made += _write_lines(session, rulebook, source, reached, days, now)
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


def _write_lines(
    session: Session, rulebook: Rulebook, source: Source, reached: dict[Key, Reached], days: CTE, now: datetime
) -> int:
    """Write the notices and lines of one run of keys: for the branches' own officers, then for those above."""
    rungs = rung_rows(reached)
    made = _write_for(session, rulebook, source, _own_lines(source, rungs), days, now)
    roles = {role for found in reached.values() for role in found.rungs}
    if roles - {OfficerRole.LIAISON}:
        for above in in_chunks(listeners(session, unit_ids(session, source))):
            made += _write_for(session, rulebook, source, _lines_above(source, rungs, above), days, now)
    return made


def _own_lines(source: Source, rungs: CTE) -> CTE:
    due = source.due.subquery("due")
    return (
        select(col(Branch.officer_id), due.c.id, due.c.due_at, rungs.c.section, rungs.c.rung)
        .select_from(due)
        .join(rungs, and_(rungs.c.due_at == due.c.due_at, rungs.c.since == due.c.next_reminder_at))
        .join(Branch, and_(col(Branch.id) == due.c.branch_id, col(Branch.officer_id).is_not(None)))
        .where(rungs.c.section == Section.OWN)
        .cte("reminded")
    )


def _lines_above(source: Source, rungs: CTE, above: Sequence[Listener]) -> CTE:
    due = source.due.subquery("due")
    listener = values_table(
        "listener",
        [column("unit_id", Integer), column("section", choice(Section)), column("officer_id", Integer)],
        above,
    )
    return (
        select(listener.c.officer_id, due.c.id, due.c.due_at, rungs.c.section, rungs.c.rung)
        .select_from(due)
        .join(rungs, and_(rungs.c.due_at == due.c.due_at, rungs.c.since == due.c.next_reminder_at))
        .join(listener, and_(listener.c.unit_id == due.c.unit_id, listener.c.section == rungs.c.section))
        .cte("reminded")
    )


def _write_for(session: Session, rulebook: Rulebook, source: Source, reminded: CTE, days: CTE, now: datetime) -> int:
    """Insert the notices that are missing, then the lines; return how many notices were made or revived."""
    notice = table_of(Notice).c
    addressed = _addressed(reminded, days)
    new = insert_into(session, Notice).from_select(
        ["officer_id", "campaign_id", "kind", "day", "sends_from", "sends_until", "status", "planned_at"],
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
        .order_by(addressed.c.officer_id),
    )
    made = count_changed(
        session,
        new.on_conflict_do_update(
            index_elements=["officer_id", "kind", "day"],
            set_={
                "status": NoticeStatus.PLANNED,
                "reason": None,
                **{name: new.excluded[name] for name in ("campaign_id", "sends_from", "sends_until", "planned_at")},
            },
            where=notice.status == NoticeStatus.CANCELLED,
        ),
    )
    lines = insert_into(session, NoticeLine).from_select(
        ["notice_id", "campaign_id", "section", source.line_column, "rung", "due_at"],
        select(
            notice.id,
            literal(rulebook.campaign_id),
            addressed.c.section,
            addressed.c.id,
            addressed.c.rung,
            addressed.c.due_at,
        )
        .join(addressed, and_(notice.officer_id == addressed.c.officer_id, notice.day == addressed.c.day))
        .where(notice.kind == NoticeKind.DIGEST, notice.status == NoticeStatus.PLANNED)
        .order_by(notice.id, addressed.c.section, addressed.c.id),
    )
    session.execute(
        lines.on_conflict_do_update(
            index_elements=["notice_id", "section", source.line_column],
            set_={"rung": lines.excluded.rung, "due_at": lines.excluded.due_at, "dropped": None},
        )
    )
    return made


def _addressed(reminded: CTE, days: CTE) -> CTE:
    """Add to each line the send day of its reader: the first whose notice is not fixed."""
    fixed, other = table_of(Notice).alias("fixed"), days.alias("other_day")
    is_fixed = (
        select(fixed.c.id)
        .where(
            fixed.c.officer_id == col(Officer.id),
            fixed.c.kind == NoticeKind.DIGEST,
            fixed.c.day == other.c.day,
            fixed.c.status.in_(FIXED),
        )
        .correlate(Officer, other)
        .exists()
    )
    first_free = (
        select(func.min(other.c.turn))
        .where(other.c.timezone == col(Officer.timezone), ~is_fixed)
        .correlate(Officer)
        .scalar_subquery()
    )
    return (
        select(
            reminded.c.officer_id,
            reminded.c.id,
            reminded.c.due_at,
            reminded.c.section,
            reminded.c.rung,
            days.c.day,
            days.c.sends_from,
            days.c.sends_until,
        )
        .select_from(reminded)
        .join(Officer, col(Officer.id) == reminded.c.officer_id)
        .join(days, and_(days.c.timezone == Officer.timezone, days.c.turn == first_free))
        .cte("addressed")
    )
