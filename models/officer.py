"""People Rollcall writes to, and the ways to reach them."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from config.vocabulary import ChannelStatus, Language, OfficerRole
from models.base import Row, choice


class Officer(Row, table=True):
    """A liaison officer, a unit's guidance group, or a coordinator.

    `unit_id` is the unit that a group guides or the subtree that a coordinator answers for (none: all
    of it). `phone` is sealed.
    """

    id: int = Field(default=None, primary_key=True)
    code: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=200)
    role: OfficerRole = Field(sa_type=choice(OfficerRole))
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    language: Language = Field(sa_type=choice(Language))
    timezone: str = Field(max_length=64)
    phone: str | None = Field(default=None, max_length=400)


class Channel(Row, table=True):
    """One way to reach an officer; the lowest rank is tried first.

    `address` is sealed; `fingerprint` is its keyed digest, which finds the same address again without
    opening it.
    """

    __table_args__ = (UniqueConstraint("officer_id", "fingerprint"),)

    id: int = Field(default=None, primary_key=True)
    officer_id: int = Field(foreign_key="officer.id")
    service: str = Field(max_length=40)
    address: str = Field(max_length=2000)
    fingerprint: str = Field(max_length=64)
    rank: int = 0
    status: ChannelStatus = Field(default=ChannelStatus.ACTIVE, sa_type=choice(ChannelStatus))
