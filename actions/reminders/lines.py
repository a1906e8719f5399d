"""The lines that people are told: who is told of what is due, and of what else there is."""

from collections.abc import Mapping, Sequence

from sqlalchemy import CTE, FromClause, Integer, and_, column, literal, select
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from actions.reminders.audience import SECTIONS, Listener, listeners
from actions.reminders.due_work import Key, Source
from config.vocabulary import OfficerRole, Section
from models.base import choice
from models.branch import Branch
from models.dialects import values_table
from rules.reminders import Reached


def reminder_lines(session: Session, source: Source, reached: Mapping[Key, Reached]) -> CTE:
    """Compose a line for each reader of each piece of work that is due: the branch's own officer, and those above.

    The tables it joins are read once each, in whatever order: a planner that knows nothing of their sizes,
    as SQLite's does, cannot choose a bad one.
    """
    due, rungs = source.due(), _rungs(session, source, reached)
    climbed = due.join(rungs, and_(rungs.c.due_at == due.c.due_at, rungs.c.since == due.c.since))
    work = (due.c.id, due.c.due_at, due.c.since, rungs.c.section, rungs.c.rung, rungs.c.reached_at)
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
    return own.union_all(above).cte(f"reminded_{source.table.name}").prefix_with("MATERIALIZED")


def news_lines(readers: FromClause, section: Section) -> CTE:
    """Compose a line for each reader (officer_id, id) of what has neither a deadline nor a rung."""
    return (
        select(
            readers.c.officer_id,
            readers.c.id,
            literal(section, choice(Section)).label("section"),
            literal(None, Integer).label("rung"),
            *(literal(None, UTCDateTime()).label(name) for name in ("due_at", "since", "reached_at")),
        )
        .select_from(readers)
        .cte("news")
        .prefix_with("MATERIALIZED")
    )


def _rungs(session: Session, source: Source, reached: Mapping[Key, Reached]) -> CTE:
    """Compose the table of keys with the rung and the latest step reached for each section."""
    columns = (
        column("due_at", UTCDateTime()),
        column("since", UTCDateTime()),
        column("section", choice(Section)),
        column("rung", Integer),
        column("reached_at", UTCDateTime()),
    )
    rows = (
        (due_at, since, SECTIONS[role], rung, found.latest[role])
        for (due_at, since), found in reached.items()
        for role, rung in found.rungs.items()
    )
    return values_table(session, f"rung_of_{source.table.name}", columns, rows)


def _listeners(session: Session, source: Source, reached: Mapping[Key, Reached]) -> CTE:
    """Compose the table of those above the units that something is due in, if they are to be told at all."""
    above: Sequence[Listener] = ()
    if {role for found in reached.values() for role in found.rungs} - {OfficerRole.LIAISON}:
        above = listeners(session, source.units(session))
    columns = (column("unit_id", Integer), column("section", choice(Section)), column("officer_id", Integer))
    return values_table(session, f"listener_of_{source.table.name}", columns, above)
