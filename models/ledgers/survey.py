"""Surveys: people who went round to find out how things stand."""

from datetime import date

from sqlmodel import Field

from models.ledgers.entry import LedgerRow, numbered


class Survey(LedgerRow, table=True):
    """A survey from `since` through `day`; `persons` went, each counted once, and came to so many `organisations`."""

    __tablename__ = "survey"
    __table_args__ = numbered("survey")

    since: date
    subject: str = Field(max_length=400)
    persons: int
    organisations: int
    findings: str | None = Field(default=None, max_length=2000)
