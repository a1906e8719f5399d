"""The lines of notices: who is to be told of what is due, and on which day."""

from collections.abc import Mapping, Sequence

from sqlalchemy import CTE, Integer, ScalarSelect, and_, column, func, select
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from actions.reminders.audience import SECTIONS, Listener, listeners
from actions.reminders.due_work import Key, Source
from actions.reminders.planning import FIXED
from config.vocabulary import NoticeKind, OfficerRole, Section
from models.base import choice
from models.branch import Branch
from models.dialects import table_of, values_table
from models.notice import Notice
from models.officer import Officer
from rules.reminders import Reached


def addressed_lines(session: Session, source: Source, reached: Mapping[Key, Reached], days: CTE) -> CTE:
    """Compose a row for each reader of each piece of work, with the reader's first day whose notice is not fixed.

    The tables it joins are read once each, in whatever order: a planner that knows nothing of their sizes,
    as SQLite's does, cannot choose a bad one.
    """
    lines = _reminded(session, source, reached)
    return (
        select(
            lines.c.officer_id,
            lines.c.id,
            lines.c.due_at,
            lines.c.section,
            lines.c.rung,
            days.c.day,
            days.c.sends_from,
            days.c.sends_until,
        )
        .select_from(lines)
        .join(Officer, col(Officer.id) == lines.c.officer_id)
        .join(days, and_(days.c.timezone == Officer.timezone, days.c.turn == _first_free(days)))
        .cte("addressed")
    )


def _first_free(days: CTE) -> ScalarSelect[int]:
    """Find the first of an officer's send days whose notice is not fixed."""
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
    return (
        select(func.min(other.c.turn))
        .where(other.c.timezone == col(Officer.timezone), ~is_fixed)
        .correlate(Officer)
        .scalar_subquery()
    )


def _reminded(session: Session, source: Source, reached: Mapping[Key, Reached]) -> CTE:
    """Compose the readers of what is due: the branches' own officers, and those above them."""
    due, rungs = source.due(), _rungs(session, reached)
    climbed = due.join(rungs, and_(rungs.c.due_at == due.c.due_at, rungs.c.since == due.c.since))
    work = (due.c.id, due.c.due_at, rungs.c.section, rungs.c.rung)
    own = (
        select(col(Branch.officer_id).label("officer_id"), *work)
        .select_from(climbed)
        .join(Branch, and_(col(Branch.id) == due.c.branch_id, col(Branch.officer_id).is_not(None)))
        .where(rungs.c.section == Section.OWN)
    )
    listener = _listeners(session, source, reached)
    above = (
        select(listener.c.officer_id, *work)
        .select_from(climbed)
        .join(listener, and_(listener.c.unit_id == due.c.unit_id, listener.c.section == rungs.c.section))
    )
    return own.union_all(above).cte("reminded").prefix_with("MATERIALIZED")


def _rungs(session: Session, reached: Mapping[Key, Reached]) -> CTE:
    """Compose the table of keys with the rung reached for each section."""
    columns = (
        column("due_at", UTCDateTime()),
        column("since", UTCDateTime()),
        column("section", choice(Section)),
        column("rung", Integer),
    )
    rows = (
        (due_at, since, SECTIONS[role], rung)
        for (due_at, since), found in reached.items()
        for role, rung in found.rungs.items()
    )
    return values_table(session, "rung", columns, rows)


def _listeners(session: Session, source: Source, reached: Mapping[Key, Reached]) -> CTE:
    """Compose the table of those above the units that something is due in, if they are to be told at all."""
    above: Sequence[Listener] = ()
    if {role for found in reached.values() for role in found.rungs} - {OfficerRole.LIAISON}:
        above = listeners(session, source.units(session))
    columns = (column("unit_id", Integer), column("section", choice(Section)), column("officer_id", Integer))
    return values_table(session, "listener", columns, above)
