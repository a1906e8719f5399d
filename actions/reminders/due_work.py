"""What has a reminder due: assignments and problems, seen alike by the sweep."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, Integer, Select, Table, column, literal, select, update
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from actions.reminders.audience import SECTIONS
from config.vocabulary import Section
from models.assignment import Assignment
from models.base import choice
from models.branch import Branch
from models.campaign import Task
from models.dialects import count_changed, table_of, values_table
from models.problem import Problem
from rules.reminders import Reached

Key = tuple[datetime, datetime]
"""A deadline, and the instant of the first reminder not yet planned: thousands of rows share one."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table whose open rows are reminded, and the column of a notice line that points to it."""

    table: Table
    line_column: str
    due: Select[Any]

    def keys(self, session: Session) -> list[Key]:
        """List the distinct keys of what is due, in order."""
        due = self.due.subquery("due")
        query = select(due.c.due_at, due.c.next_reminder_at).distinct().order_by(due.c.due_at, due.c.next_reminder_at)
        return [(due_at, since) for due_at, since in session.execute(query)]

    def move_on(self, session: Session, reached: Mapping[Key, Reached]) -> int:
        """Set the next reminder of every row of the keys; return how many rows there were."""
        following = values_table(
            "following",
            [column("due_at", UTCDateTime()), column("since", UTCDateTime()), column("next_at", UTCDateTime())],
            # As literals of their type: a column of nothing but nulls would be text to PostgreSQL.
            [(due_at, since, literal(found.following, UTCDateTime())) for (due_at, since), found in reached.items()],
        )
        rows = self.table.c
        return count_changed(
            session,
            update(self.table)
            .where(
                rows.next_reminder_at == following.c.since,
                rows.due_at == following.c.due_at,
                rows.id.in_(select(self.due.subquery("due").c.id)),
            )
            .values(next_reminder_at=following.c.next_at),
        )


def sources(stage_id: int, now: datetime) -> tuple[Source, Source]:
    """Return the assignments and the problems of a stage that have a reminder due by now."""
    assignments: Select[Any] = (
        select(
            col(Assignment.id).label("id"),
            col(Assignment.branch_id).label("branch_id"),
            col(Assignment.unit_id).label("unit_id"),
            col(Assignment.due_at).label("due_at"),
            col(Assignment.next_reminder_at).label("next_reminder_at"),
        )
        .with_hint(Assignment, "INDEXED BY ix_assignment_next_reminder_at", "sqlite")
        .join(Task, col(Task.id) == Assignment.task_id)
        .where(col(Assignment.next_reminder_at) <= now, col(Task.stage_id) == stage_id)
    )
    problems: Select[Any] = (
        select(
            col(Problem.id).label("id"),
            col(Problem.branch_id).label("branch_id"),
            col(Branch.unit_id).label("unit_id"),
            col(Problem.due_at).label("due_at"),
            col(Problem.next_reminder_at).label("next_reminder_at"),
        )
        .with_hint(Problem, "INDEXED BY ix_problem_next_reminder_at", "sqlite")
        .join(Branch, col(Branch.id) == Problem.branch_id)
        .where(col(Problem.next_reminder_at) <= now, col(Problem.stage_id) == stage_id)
    )
    return (
        Source(table_of(Assignment), "assignment_id", assignments),
        Source(table_of(Problem), "problem_id", problems),
    )


def rung_rows(reached: Mapping[Key, Reached]) -> CTE:
    """Compose the table of keys with the rung reached for each section."""
    rows: Iterable[tuple[datetime, datetime, Section, int]] = (
        (due_at, since, SECTIONS[role], rung)
        for (due_at, since), found in reached.items()
        for role, rung in found.rungs.items()
    )
    return values_table(
        "rung",
        [
            column("due_at", UTCDateTime()),
            column("since", UTCDateTime()),
            column("section", choice(Section)),
            column("rung", Integer),
        ],
        rows,
    )
