"""Meetings of departments, enterprises and groups."""

from sqlmodel import Field

from config.vocabulary import MeetingKind
from models.base import choice
from models.ledgers.entry import LedgerRow, numbered


class Meeting(LedgerRow, table=True):
    """A meeting; `parties` counts the departments or enterprises, `persons` the people."""

    __tablename__ = "meeting"
    __table_args__ = numbered("meeting")

    kind: MeetingKind = Field(sa_type=choice(MeetingKind))
    topic: str = Field(max_length=400)
    parties: int
    persons: int
