"""Foundations: enterprises on the way to an organisation of their own."""

from sqlmodel import Field

from config.vocabulary import BranchKind, FoundationStatus
from models.base import choice
from models.ledgers.entry import LedgerRow, numbered


class Foundation(LedgerRow, table=True):
    """An enterprise, and how far it was on `day`; `officer_id` is who looks after it until then."""

    __tablename__ = "foundation"
    __table_args__ = numbered("foundation")

    officer_id: int | None = Field(default=None, foreign_key="officer.id", index=True)
    enterprise: str = Field(max_length=400)
    kind: BranchKind = Field(sa_type=choice(BranchKind))
    status: FoundationStatus = Field(sa_type=choice(FoundationStatus))
    employees: int
    full_members: int
