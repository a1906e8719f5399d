"""Tell of an extension: what was planned for the old deadlines is taken off, and the new ones are told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CTE, Integer, column, literal, select
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from actions.cancel_untrue import record_cancelled
from actions.reminders.notices import tell_apart
from actions.rulebook import Rulebook
from config.vocabulary import Section
from models.assignment import Assignment
from models.base import choice
from models.branch import Branch
from models.dialects import values_table
from models.notice import NoticeLine
from notifications.outbox.truth import drop_untrue_about


def tell_of_extension(
    session: Session, rulebook: Rulebook, extension_id: int, moved: Sequence[int], *, actor: str, now: datetime
) -> int:
    """Tell the officers of the assignments that an extension has just moved; return how many notices were made.

    A reminder of an old deadline that is planned still falls here and now; one that a worker has in hand
    falls at its claim.
    """
    if not moved:
        return 0
    work = values_table(session, "moved", [column("id", Integer)], [(key,) for key in moved])
    cancelled = drop_untrue_about(session, col(NoticeLine.assignment_id).in_(select(work.c.id)), now=now)
    record_cancelled(session, cancelled, actor=actor, now=now)
    lines = {"assignment_id": _lines(work)}
    return tell_apart(session, rulebook, extension_id, lines, now).notices


def _lines(work: CTE) -> CTE:
    """Compose a line for each piece of work whose branch has an officer, with its deadline as it is now."""
    return (
        select(
            col(Branch.officer_id),
            col(Assignment.id),
            literal(Section.OWN, choice(Section)).label("section"),
            literal(None, Integer).label("rung"),
            col(Assignment.due_at),
            *(literal(None, UTCDateTime()).label(name) for name in ("since", "reached_at")),
        )
        .select_from(work)
        .join(Assignment, col(Assignment.id) == work.c.id)
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .where(col(Branch.officer_id).is_not(None))
        .cte("extended")
        .prefix_with("MATERIALIZED")
    )
