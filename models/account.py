"""What a provider counts as one sender: a robot, a mail login, an app; its pauses and its rate are shared."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.base import Row


class Account(Row, table=True):
    """One sender in a provider's eyes; every channel that goes through it shares its pauses and its rate.

    `fingerprint` is the keyed digest of what tells it from others. Until `paused_until` nothing is sent
    through it, `paused_reason` says why. Where a rate is set, at most `rate_count` messages go out in
    any `rate_seconds`.
    """

    id: int = Field(default=None, primary_key=True)
    service: str = Field(max_length=40)
    fingerprint: str = Field(max_length=64, unique=True)
    rate_count: int | None = None
    rate_seconds: int | None = None
    paused_until: datetime | None = None
    paused_reason: str | None = Field(default=None, max_length=400)


class Slot(Row, table=True):
    """One of the messages that an account may send in its period: a rate of 20 a minute is 20 slots.

    A slot is taken when a delivery is claimed, and is free again a whole period after that send has
    ended, so that no span of that length ever sees more than `rate_count` of them. Of a worker that died
    the slot comes free by itself, at `free_at`.
    """

    __table_args__ = (UniqueConstraint("account_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    number: int
    free_at: datetime
    delivery_id: int | None = Field(default=None, foreign_key="delivery.id", index=True)
