"""People Rollcall writes to, and the ways to reach them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from config.vocabulary import ChannelStatus, Language, OfficerRole, OnDoubt
from models.base import Row, choice


class Officer(Row, table=True):
    """A liaison officer, a unit's guidance group, or a coordinator.

    `unit_id` is the unit that a group guides or the subtree that a coordinator answers for (none: all
    of it). `phone` is sealed. From `away_from` through `away_until`, days of the officer's own zone,
    `deputy_id` is told instead; without an end until the officer is back. `link_epoch` goes into every
    link that is signed for the officer: raising it makes all of them invalid.
    """

    __table_args__ = (CheckConstraint("(deputy_id IS NULL) = (away_from IS NULL)", name="away_has_deputy"),)

    id: int = Field(default=None, primary_key=True)
    code: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=200)
    role: OfficerRole = Field(sa_type=choice(OfficerRole))
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    language: Language = Field(sa_type=choice(Language))
    timezone: str = Field(max_length=64)
    phone: str | None = Field(default=None, max_length=400)
    deputy_id: int | None = Field(default=None, foreign_key="officer.id", index=True)
    away_from: date | None = None
    away_until: date | None = None
    link_epoch: int = Field(default=0)


class Channel(Row, table=True):
    """One way to reach an officer; the lowest rank is tried first.

    `address` is sealed; `fingerprint` is its keyed digest, which finds the same address again without
    opening it. `account_id` is what the provider counts it under, none where nothing is counted.
    `disabled_at` and `disabled_reason` say when and why it was given up; `is_reported` is False while
    the coordinators have still to be told so.
    """

    __table_args__ = (
        UniqueConstraint("officer_id", "fingerprint"),
        Index(
            "ix_channel_is_reported",
            "is_reported",
            sqlite_where=text("is_reported = 0"),
            postgresql_where=text("NOT is_reported"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    officer_id: int = Field(foreign_key="officer.id")
    service: str = Field(max_length=40)
    address: str = Field(max_length=2000)
    fingerprint: str = Field(max_length=64)
    rank: int = 0
    status: ChannelStatus = Field(default=ChannelStatus.ACTIVE, sa_type=choice(ChannelStatus))
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    on_doubt: OnDoubt = Field(default=OnDoubt.HOLD, sa_type=choice(OnDoubt))
    disabled_at: datetime | None = None
    disabled_reason: str | None = Field(default=None, max_length=1000)
    is_reported: bool = True
