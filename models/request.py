"""Extensions that branches ask for, and what was decided."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from config.vocabulary import RequestStatus
from models.base import Row, choice


class ExtensionRequest(Row, table=True):
    """A later last day that was asked for one assignment; at most one of each waits for a decision."""

    __tablename__ = "extension_request"
    __table_args__ = (
        Index(
            "ix_extension_request_waiting",
            "assignment_id",
            unique=True,
            sqlite_where=text("status = 'asked'"),
            postgresql_where=text("status = 'asked'"),
        ),
        CheckConstraint("(status = 'asked') = (decided_at IS NULL)", name="decided_has_instant"),
    )

    id: int = Field(default=None, primary_key=True)
    assignment_id: int = Field(foreign_key="assignment.id", index=True)
    until: date
    reason: str = Field(max_length=1000)
    status: RequestStatus = Field(default=RequestStatus.ASKED, sa_type=choice(RequestStatus))
    asked_at: datetime
    asked_by: str = Field(max_length=100)
    decided_at: datetime | None = None
    decided_by: str | None = Field(default=None, max_length=100)
    answer: str | None = Field(default=None, max_length=1000)
