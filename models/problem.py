"""Problems found in a branch: work with an owner and a deadline of its own."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from config.vocabulary import ProblemStatus
from models.base import Row, choice


class Problem(Row, table=True):
    """A problem that a branch recorded; `number` counts from 1 within the campaign.

    `stage_id` is the stage that chases it, `unit_id` the unit that it counts for, which it keeps once it is
    solved or the campaign has ended.
    `due_at` and `next_reminder_at` mean what they mean for an assignment; without a due date nobody is reminded.
    """

    __table_args__ = (
        UniqueConstraint("campaign_id", "number"),
        Index("ix_problem_campaign_id_status", "campaign_id", "status"),
        Index(
            "ix_problem_next_reminder_at",
            "next_reminder_at",
            sqlite_where=text("next_reminder_at IS NOT NULL"),
            postgresql_where=text("next_reminder_at IS NOT NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    stage_id: int = Field(foreign_key="stage.id")
    branch_id: int = Field(foreign_key="branch.id", index=True)
    number: int
    title: str = Field(max_length=400)
    owner: str | None = Field(default=None, max_length=100)
    status: ProblemStatus = Field(default=ProblemStatus.OPEN, sa_type=choice(ProblemStatus))
    due_at: datetime | None = None
    next_reminder_at: datetime | None = None
    found_at: datetime
    found_by: str = Field(max_length=100)
    solved_at: datetime | None = None
    solved_by: str | None = Field(default=None, max_length=100)
    note: str | None = Field(default=None, max_length=2000)
    category: str | None = Field(default=None, max_length=100)
    measures: str | None = Field(default=None, max_length=2000)
    verified_at: datetime | None = None
    verified_by: str | None = Field(default=None, max_length=100)
    unit_id: int = Field(foreign_key="unit.id", index=True)
