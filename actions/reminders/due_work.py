"""What has a reminder due: assignments and problems, seen alike by the sweep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import CTE, ColumnElement, Select, Table, Update, and_, column, select, update
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from actions.assignments.locks import hold_work
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Task
from models.dialects import count_changed, table_of, values_table
from models.notice import NoticeLine
from models.problem import Problem
from models.silence import has_silences, is_silenced
from notifications.outbox.put_off import PUT_OFF
from rules.reminders import Reached

Hinted = TypeVar("Hinted", Select[Any], Update)
Key = tuple[datetime, datetime]
"""A deadline, and the instant of the first reminder not yet planned: thousands of rows share one."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table whose open rows are reminded: which of them are due, and what a notice line calls them."""

    table: Table
    line_column: str
    is_due: ColumnElement[bool]
    unit_id: ColumnElement[int]

    def keys(self, session: Session) -> list[Key]:
        """List the distinct keys of what is due, in order."""
        key = (self.table.c.due_at, self.table.c.next_reminder_at)
        query = self._hinted(select(*key)).where(self.is_due).distinct().order_by(*key)
        return [(due_at, since) for due_at, since in session.execute(query)]

    def due(self) -> CTE:
        """Compose the table of what is due, read once however a statement joins it."""
        rows = self.table.c
        columns = (rows.id, rows.branch_id, self.unit_id, rows.due_at, rows.next_reminder_at.label("since"))
        return (
            self._hinted(select(*columns)).where(self.is_due).cte(f"due_{self.table.name}").prefix_with("MATERIALIZED")
        )

    def units(self, session: Session) -> Sequence[int]:
        """List the units that something is due in."""
        return session.scalars(self._hinted(select(self.unit_id)).where(self.is_due).distinct()).all()

    def has_put_off(self, session: Session) -> bool:
        """Tell whether anything due was due before, and put off: others may have been told of it then."""
        rows, lines = self.table.c, table_of(NoticeLine)
        before = select(lines.c.id).where(
            lines.c[self.line_column] == rows.id, lines.c.dropped.in_(PUT_OFF), lines.c.since >= rows.next_reminder_at
        )
        query = self._hinted(select(rows.id)).where(self.is_due, before.correlate(self.table).exists())
        return session.scalar(query.limit(1)) is not None

    def move_on(self, session: Session, reached: Mapping[Key, Reached]) -> int:
        """Set the next reminder of every row of the keys; return how many rows there were."""
        following = values_table(
            session,
            "following",
            [column("due_at", UTCDateTime()), column("since", UTCDateTime()), column("next_at", UTCDateTime())],
            [(due_at, since, found.following) for (due_at, since), found in reached.items()],
        )
        rows = self.table.c
        hold_work(session, self.is_due, table=self.table)
        return count_changed(
            session,
            self._hinted(update(self.table))
            .where(self.is_due, rows.next_reminder_at == following.c.since, rows.due_at == following.c.due_at)
            .values(next_reminder_at=following.c.next_at),
        )

    def _hinted(self, statement: Hinted) -> Hinted:
        """Have the partial index used that holds what will be reminded and nothing else."""
        return statement.with_hint(
            selectable=self.table, text=f"INDEXED BY ix_{self.table.name}_next_reminder_at", dialect_name="sqlite"
        )


def sources(session: Session, stage_id: int, now: datetime) -> tuple[Source, Source]:
    """Return the assignments and the problems of a stage that have a reminder due by now.

    What is silenced stays due, and is told when the silence is over.
    """
    tasks = select(col(Task.id)).where(col(Task.stage_id) == stage_id)
    assignments = and_(col(Assignment.task_id).in_(tasks), is_due(session, Assignment, now))
    problems = and_(col(Problem.stage_id) == stage_id, is_due(session, Problem, now))
    unit_id = select(col(Branch.unit_id)).where(col(Branch.id) == Problem.branch_id).scalar_subquery()
    return (
        Source(table_of(Assignment), "assignment_id", assignments, table_of(Assignment).c.unit_id),
        Source(table_of(Problem), "problem_id", problems, unit_id.label("unit_id")),
    )


def is_due(session: Session, work: type[Assignment | Problem], now: datetime) -> ColumnElement[bool]:
    """Select the work whose reminder is due by now, and may be told."""
    due = col(work.next_reminder_at) <= now
    # While nothing is silenced nobody pays for it.
    return and_(due, ~is_silenced(col(work.branch_id), now)) if has_silences(session, now) else due
