"""What every ledger keeps of an entry: whose it is, of which day, who wrote it, and whether it still counts."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from models.base import Row


class LedgerRow(Row):
    """An entry of a ledger; `number` counts from 1 within the campaign and the ledger.

    `unit_id` is the unit that it counts for, which for a branch is the one it belonged to when the entry was
    written. `day` is the local day that it speaks of. One that was struck stays, and counts nowhere.
    """

    id: int = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    number: int
    unit_id: int = Field(foreign_key="unit.id", index=True)
    branch_id: int | None = Field(default=None, foreign_key="branch.id", index=True)
    day: date
    recorded_at: datetime
    recorded_by: str = Field(max_length=100)
    changed_at: datetime | None = None
    changed_by: str | None = Field(default=None, max_length=100)
    struck_at: datetime | None = None


def numbered(table: str) -> tuple[UniqueConstraint, Index]:
    """Return the keys of a ledger's table: numbers are used once, and a period is found by its days."""
    return UniqueConstraint("campaign_id", "number"), Index(f"ix_{table}_campaign_id_day", "campaign_id", "day")
