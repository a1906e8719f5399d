"""Bulletins: numbered issues."""

from datetime import date

from sqlalchemy import Text
from sqlmodel import Field

from models.ledgers.entry import LedgerRow, numbered


class Bulletin(LedgerRow, table=True):
    """An issue, and the period that it reports on; `day` is the day on which it came out."""

    __tablename__ = "bulletin"
    __table_args__ = numbered("bulletin")

    issue: int
    issuer: str = Field(max_length=400)
    headline: str = Field(max_length=400)
    since: date
    until: date
    body: str = Field(sa_type=Text)
