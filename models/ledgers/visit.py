"""Visits: the guidance group at a branch."""

from sqlmodel import Field

from config.vocabulary import VisitWay
from models.base import choice
from models.ledgers.entry import LedgerRow, numbered


class Visit(LedgerRow, table=True):
    """A visit; `persons` counts everyone who came, so that a ledger adds up to person-times."""

    __tablename__ = "visit"
    __table_args__ = numbered("visit")

    officer_id: int | None = Field(default=None, foreign_key="officer.id", index=True)
    way: VisitWay = Field(sa_type=choice(VisitWay))
    persons: int
    findings: str | None = Field(default=None, max_length=2000)
    problem: int | None = None
    """The number of the problem that was found on the way."""
    task: str | None = Field(default=None, max_length=81)
    """The task, as `stage/task`, that was completed on the way."""
