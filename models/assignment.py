"""Assignments: task x branch. The table that grows, the counters kept beside it, and what these come to further up."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, false, text
from sqlmodel import Field

from config.vocabulary import AssignmentStatus
from models.base import Row, choice

ZERO = {"server_default": text("0")}


class Assignment(Row, table=True):
    """One task for one branch, with its own deadline.

    `due_at` is the first instant after the last allowed day: at that instant the work is overdue.
    `unit_id` is the unit that the work counts for; it stays when the branch moves after it was done.
    `next_reminder_at` is null when none will come; only open work has one. `reopened` counts how often it was opened
    again: what was answered before that is no answer to it.
    """

    __table_args__ = (
        UniqueConstraint("task_id", "branch_id"),
        Index(
            "ix_assignment_next_reminder_at",
            "next_reminder_at",
            sqlite_where=text("next_reminder_at IS NOT NULL"),
            postgresql_where=text("next_reminder_at IS NOT NULL"),
        ),
        CheckConstraint("(status = 'done') = (done_at IS NOT NULL)", name="done_has_instant"),
        CheckConstraint("status = 'open' OR next_reminder_at IS NULL", name="only_open_is_reminded"),
    )

    id: int = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id")
    branch_id: int = Field(foreign_key="branch.id", index=True)
    window_id: int = Field(foreign_key="window.id", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    due_at: datetime
    status: AssignmentStatus = Field(default=AssignmentStatus.OPEN, sa_type=choice(AssignmentStatus))
    done_at: datetime | None = None
    done_by: str | None = Field(default=None, max_length=100)
    note: str | None = Field(default=None, max_length=2000)
    next_reminder_at: datetime | None = None
    reopened: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})


class FigureValue(Row, table=True):
    """One figure of one answer, in the smallest step of its kind (an amount in hundredths)."""

    assignment_id: int = Field(foreign_key="assignment.id", primary_key=True)
    code: str = Field(max_length=40, primary_key=True)
    value: int = Field(sa_type=BigInteger)


class Counter(Row, table=True):
    """How many assignments of one window, task, unit and deadline there are and were settled.

    Written in the transaction that changes the assignments; overdue and timeliness are sums over it,
    although overdue changes without a write. Nothing is counted above the branch's own unit: one hot
    row would cost most of the throughput. What of it was added to the subtotals further up is `carried_`;
    `is_carried` tells that this is all of it.
    """

    __table_args__ = (
        Index(
            "ix_counter_window_id_uncarried",
            "window_id",
            sqlite_where=text("is_carried = 0"),
            postgresql_where=text("NOT is_carried"),
        ),
    )

    window_id: int = Field(foreign_key="window.id", primary_key=True)
    task_id: int = Field(foreign_key="task.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True, index=True)
    due_at: datetime = Field(primary_key=True)
    total: int = 0
    done: int = 0
    in_time: int = 0
    waived: int = 0
    carried_total: int = Field(default=0, sa_column_kwargs=ZERO)
    carried_done: int = Field(default=0, sa_column_kwargs=ZERO)
    carried_in_time: int = Field(default=0, sa_column_kwargs=ZERO)
    carried_waived: int = Field(default=0, sa_column_kwargs=ZERO)
    is_carried: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class Subtotal(Row, table=True):
    """What the counters of all units below a unit come to in a window and for a deadline, its own left out.

    Carried up by the patrol: a reader adds what was counted since.
    """

    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    window_id: int = Field(foreign_key="window.id", primary_key=True, index=True)
    due_at: datetime = Field(primary_key=True)
    total: int
    done: int
    in_time: int
    waived: int


class Extension(Row, table=True):
    """A later last day for one branch or for a unit and all below it, in one stage or one of its tasks.

    It holds for one wave, or, where none is named, for all of them.
    """

    __table_args__ = (CheckConstraint("(branch_id IS NULL) <> (unit_id IS NULL)", name="branch_or_unit"),)

    id: int = Field(default=None, primary_key=True)
    stage_id: int = Field(foreign_key="stage.id", index=True)
    task_id: int | None = Field(default=None, foreign_key="task.id")
    branch_id: int | None = Field(default=None, foreign_key="branch.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    until: date
    reason: str = Field(max_length=1000)
    granted_at: datetime
    granted_by: str = Field(max_length=100)
    wave_id: int | None = Field(default=None, foreign_key="wave.id")
