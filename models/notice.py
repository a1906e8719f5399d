"""Notices, what they say line by line, and their deliveries: the outbox."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    FromClause,
    Index,
    Text,
    UniqueConstraint,
    bindparam,
    select,
    text,
)
from sqlmodel import Field, col

from config.vocabulary import DeliveryStatus, DropReason, NoticeKind, NoticeStatus, OnDoubt, Outcome, Section
from models.base import Row, choice


class Notice(Row, table=True):
    """What one person is told on one send day, across campaigns.

    `day` is the send day in the officer's own zone; `sends_from` and `sends_until` are the send window
    as instants. The unique keys make a second digest for one person and day impossible, and a second
    message to one person about an extension. `campaign_id` is the campaign that first called for it,
    whose send window it keeps.
    """

    __table_args__ = (
        Index(
            "ix_notice_officer_id_day",
            "officer_id",
            "day",
            unique=True,
            sqlite_where=text("kind = 'digest'"),
            postgresql_where=text("kind = 'digest'"),
        ),
        UniqueConstraint("officer_id", "extension_id"),
        CheckConstraint("(kind = 'extension') = (extension_id IS NOT NULL)", name="extension_is_named"),
        Index("ix_notice_status_sends_from", "status", "sends_from"),
        Index("ix_notice_campaign_id_status_day", "campaign_id", "status", "day"),
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
    extension_id: int | None = Field(default=None, foreign_key="extension.id")


def is_digest(notices: FromClause) -> ColumnElement[bool]:
    """Select the digests among notices: in the very words of the partial index, which SQLite finds by no parameter."""
    digest = bindparam(None, NoticeKind.DIGEST, choice(NoticeKind), literal_execute=True)
    return notices.c.kind == digest


def may_have_arrived() -> ColumnElement[bool]:
    """Select, in a query of notices, those that an earlier try may have brought through."""
    return (
        select(col(Attempt.id))
        .join(Delivery, col(Delivery.id) == Attempt.delivery_id)
        .where(col(Delivery.notice_id) == Notice.id, col(Attempt.outcome) == Outcome.AMBIGUOUS)
        .correlate(Notice)
        .exists()
    )


SUBJECTS = ("assignment_id", "problem_id", "window_id", "channel_id", "unreached_id")
"""What a line may speak of; it speaks of one of them."""

ONE_SUBJECT = " + ".join(f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)" for column in SUBJECTS) + " = 1"


class NoticeLine(Row, table=True):
    """What a notice speaks of, once for each section: mostly an assignment or a problem that reached a rung.

    Of work, `due_at` is the deadline the line speaks of, `rung` the step of the ladder, none where an
    extension is told, and `since` the reminder that was due: a line that is put off rather than settled
    sets its work's next reminder back to it. A line about a window announces its opening; one about a
    channel says that it was given up, one with `unreached_id` that no active channel reaches this officer.
    What is no longer true is dropped with its reason before the notice is rendered.
    """

    __tablename__ = "notice_line"
    __table_args__ = (
        UniqueConstraint("notice_id", "section", "assignment_id"),
        UniqueConstraint("notice_id", "section", "problem_id"),
        UniqueConstraint("notice_id", "section", "window_id"),
        UniqueConstraint("notice_id", "section", "channel_id"),
        CheckConstraint(ONE_SUBJECT, name="one_subject"),
        CheckConstraint(
            "(assignment_id IS NULL AND problem_id IS NULL) = (due_at IS NULL)", name="work_has_a_deadline"
        ),
        Index(
            "ix_notice_line_window_id",
            "window_id",
            sqlite_where=text("window_id IS NOT NULL"),
            postgresql_where=text("window_id IS NOT NULL"),
        ),
        Index(
            "ix_notice_line_unreached_id",
            "unreached_id",
            "notice_id",
            "section",
            unique=True,
            sqlite_where=text("unreached_id IS NOT NULL"),
            postgresql_where=text("unreached_id IS NOT NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id")
    campaign_id: int = Field(foreign_key="campaign.id")
    section: Section = Field(sa_type=choice(Section))
    assignment_id: int | None = Field(default=None, foreign_key="assignment.id", index=True)
    problem_id: int | None = Field(default=None, foreign_key="problem.id", index=True)
    rung: int | None = None
    due_at: datetime | None = None
    dropped: DropReason | None = Field(default=None, sa_type=choice(DropReason), nullable=True)
    since: datetime | None = None
    window_id: int | None = Field(default=None, foreign_key="window.id")
    channel_id: int | None = Field(default=None, foreign_key="channel.id")
    unreached_id: int | None = Field(default=None, foreign_key="officer.id")


CLAIMABLE = (DeliveryStatus.FAILED, DeliveryStatus.PLANNED, DeliveryStatus.UNKNOWN)
"""A delivery waits for its next try."""

IS_CLAIMABLE = "status IN ('failed', 'planned', 'unknown')"
"""The same as SQL: only a condition in the very words of the index lets a planner use it."""


class Delivery(Row, table=True):
    """One notice on one channel, through the states of the outbox.

    `subject`, `body`, `html` where the service takes both, and `dated`, the instant that the message bears,
    are written at every claim in the service's own dialect, until a try may have brought them through:
    from then on they stay, so that a repeat is byte-identical. A lease (`lease_token` until `lease_until`)
    belongs to the one worker that may move the row on. `account_id` and `on_doubt` are those of the
    channel: what waits for one sender stands together in the index, so that it holds up nobody else's
    messages.
    """

    __table_args__ = (
        UniqueConstraint("notice_id", "channel_id"),
        Index(
            "ix_delivery_waiting",
            "on_doubt",
            "account_id",
            "not_before",
            sqlite_where=text(IS_CLAIMABLE),
            postgresql_where=text(IS_CLAIMABLE),
        ),
        Index("ix_delivery_status_lease_until", "status", "lease_until"),
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
    html: str | None = Field(default=None, sa_type=Text)
    dated: datetime | None = None
    account_id: int | None = Field(default=None, foreign_key="account.id")
    on_doubt: OnDoubt = Field(sa_type=choice(OnDoubt))


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
