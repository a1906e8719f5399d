"""The audit record: who did what, when, and what it changed. Rows are only ever added."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field

from config.vocabulary import EventKind
from models.base import Row, choice


class Event(Row, table=True):
    """Something that happened; `subject` names the thing in the words people use (`study/pilot`).

    `before` and `after` are JSON objects of what changed, `reason` what the actor gave as the reason.
    """

    # Both grow at their ends alone. One by actor would cost every completion a page of its own, and twice the time.
    __table_args__ = (Index("ix_event_kind_id", "kind", "id"), Index("ix_event_at", "at"))

    id: int = Field(default=None, primary_key=True)
    at: datetime
    actor: str = Field(max_length=100)
    kind: EventKind = Field(sa_type=choice(EventKind))
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id", index=True)
    branch_id: int | None = Field(default=None, foreign_key="branch.id", index=True)
    subject: str = Field(max_length=200)
    before: str | None = Field(default=None, sa_type=Text)
    after: str | None = Field(default=None, sa_type=Text)
    reason: str | None = Field(default=None, max_length=1000)
