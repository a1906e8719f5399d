"""Notices, what they say line by line, and their deliveries: the outbox."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field

from config.vocabulary import DeliveryStatus, DropReason, NoticeKind, NoticeStatus, Outcome, Section
from models.base import Row, choice


class Notice(Row, table=True):
    """What one person is told on one send day, across campaigns.

    `day` is the send day in the officer's own zone; `sends_from` and `sends_until` are the send window
    as instants. The unique key makes a second digest for one person and day impossible. `campaign_id`
    is the campaign that first called for it, whose send window it keeps.
    """

    __table_args__ = (
        UniqueConstraint("officer_id", "kind", "day"),
        Index("ix_notice_status_sends_from", "status", "sends_from"),
        Index("ix_notice_campaign_id_status", "campaign_id", "status"),
    )

    id: int = Field(default=None, primary_key=True)
    officer_id: int = Field(foreign_key="officer.id")
    campaign_id: int = Field(foreign_key="campaign.id")
    kind: NoticeKind = Field(sa_type=choice(NoticeKind))
    day: date
    sends_from: datetime
    sends_until: datetime
    status: NoticeStatus = Field(default=NoticeStatus.PLANNED, sa_type=choice(NoticeStatus))
    planned_at: datetime
    reason: str | None = Field(default=None, max_length=400)


class NoticeLine(Row, table=True):
    """One assignment or problem that reached a rung, once for each section of one notice.

    `due_at` is the deadline the line speaks of; a line whose work has moved or been settled since is
    dropped with its reason before the notice is rendered.
    """

    __tablename__ = "notice_line"
    __table_args__ = (
        UniqueConstraint("notice_id", "section", "assignment_id"),
        UniqueConstraint("notice_id", "section", "problem_id"),
        CheckConstraint("(assignment_id IS NULL) <> (problem_id IS NULL)", name="assignment_or_problem"),
    )

    id: int = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id")
    campaign_id: int = Field(foreign_key="campaign.id")
    section: Section = Field(sa_type=choice(Section))
    assignment_id: int | None = Field(default=None, foreign_key="assignment.id", index=True)
    problem_id: int | None = Field(default=None, foreign_key="problem.id", index=True)
    rung: int
    due_at: datetime
    dropped: DropReason | None = Field(default=None, sa_type=choice(DropReason), nullable=True)


class Delivery(Row, table=True):
    """One notice on one channel, through the states of the outbox.

    `subject` and `body` are written at every claim, until a try may have brought them through: from then
    on they stay, so that a repeat is byte-identical. A lease (`lease_token` until `lease_until`) belongs
    to the one worker that may move the row on.
    """

    __table_args__ = (
        UniqueConstraint("notice_id", "channel_id"),
        Index("ix_delivery_status_not_before", "status", "not_before"),
    )

    id: int = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id")
    channel_id: int = Field(foreign_key="channel.id")
    status: DeliveryStatus = Field(default=DeliveryStatus.PLANNED, sa_type=choice(DeliveryStatus))
    not_before: datetime
    attempts: int = 0
    lease_token: str | None = Field(default=None, max_length=32)
    lease_until: datetime | None = None
    subject: str | None = Field(default=None, max_length=400)
    body: str | None = Field(default=None, sa_type=Text)
    sent_at: datetime | None = None
    receipt: str | None = Field(default=None, max_length=200)


class Attempt(Row, table=True):
    """One try of a delivery and what the provider answered; no outcome while it is in flight."""

    __table_args__ = (UniqueConstraint("delivery_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    delivery_id: int = Field(foreign_key="delivery.id")
    number: int
    started_at: datetime
    ended_at: datetime | None = None
    outcome: Outcome | None = Field(default=None, sa_type=choice(Outcome), nullable=True)
    detail: str | None = Field(default=None, max_length=400)
