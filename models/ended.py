"""What a campaign that is over keeps: who took part, as the registry had them, and how its work stood at the end."""

from datetime import datetime

from sqlmodel import Field

from models.base import Row


class EndedBranch(Row, table=True):
    """What is counted of a branch from the end of the campaign on, whatever becomes of it in the registry."""

    __tablename__ = "ended_branch"

    enrolment_id: int = Field(foreign_key="enrolment.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    members: int
    employees: int
    officer_id: int | None = Field(default=None, foreign_key="officer.id")


class EndedCounter(Row, table=True):
    """How the work of one window, unit and deadline stood when the campaign ended, all tasks together."""

    __tablename__ = "ended_counter"

    window_id: int = Field(foreign_key="window.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    due_at: datetime = Field(primary_key=True)
    total: int
    done: int
    in_time: int
    waived: int
