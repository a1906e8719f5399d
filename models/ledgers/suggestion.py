"""Suggestions of the staff, and what became of them."""

from sqlmodel import Field

from models.ledgers.entry import LedgerRow, numbered


class Suggestion(LedgerRow, table=True):
    """Suggestions on one subject: how many were made, adopted of these, and effective of those."""

    __tablename__ = "suggestion"
    __table_args__ = numbered("suggestion")

    subject: str = Field(max_length=400)
    made: int
    adopted: int
    effective: int
