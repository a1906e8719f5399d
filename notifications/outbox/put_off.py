"""Put off what was planned and could not be said to this reader now, so that it is not lost."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, Table, column, or_, select, update
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from config.vocabulary import AssignmentStatus, BranchStatus, DropReason, ProblemStatus
from models.assignment import Assignment
from models.branch import Branch
from models.dialects import in_chunks, table_of, values_table
from models.problem import Problem

PUT_OFF = (DropReason.REASSIGNED, DropReason.SILENCED)
"""The reasons for which a line is dropped although its work still waits."""


class Dropped(NamedTuple):
    """A line that has just been dropped; `since` is None where none was due: an extension told, or no work."""

    assignment_id: int | None
    problem_id: int | None
    since: datetime | None
    dropped: DropReason


def put_off(session: Session, lines: Iterable[Dropped]) -> None:
    """Set the work of lines that could not be said back to the reminder that was due, in the same transaction.

    The next sweep tells whoever is to be told by then. What is settled meanwhile, and what belongs to a
    branch that is not active, stays as it is; so does work whose next reminder is earlier.
    """
    assignments: dict[int, datetime] = {}
    problems: dict[int, datetime] = {}
    for line in lines:
        if line.dropped not in PUT_OFF or line.since is None:
            continue
        work, key = (problems, line.problem_id) if line.assignment_id is None else (assignments, line.assignment_id)
        if key is not None:
            work[key] = min(line.since, work.get(key, line.since))
    _set_back(session, table_of(Assignment), AssignmentStatus.OPEN, assignments)
    _set_back(session, table_of(Problem), ProblemStatus.OPEN, problems)


def _set_back(
    session: Session, work: Table, is_open: AssignmentStatus | ProblemStatus, due: dict[int, datetime]
) -> None:
    active = select(col(Branch.id)).where(col(Branch.id) == work.c.branch_id, col(Branch.status) == BranchStatus.ACTIVE)
    for run in in_chunks(sorted(due.items())):
        # In the order of their ids, so that two workers do not wait for each other in a circle.
        session.execute(
            select(work.c.id).where(work.c.id.in_([key for key, _ in run])).order_by(work.c.id).with_for_update()
        )
        again = values_table(session, "again", [column("id", Integer), column("since", UTCDateTime())], run)
        session.execute(
            update(work)
            .where(
                work.c.id == again.c.id,
                work.c.status == is_open,
                or_(work.c.next_reminder_at.is_(None), work.c.next_reminder_at > again.c.since),
                active.correlate(work).exists(),
            )
            .values(next_reminder_at=again.c.since)
        )
