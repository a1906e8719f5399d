"""Of what a measure is asked: which campaign, and which days of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, true
from sqlmodel import col

from actions.measures.taking_part import is_over
from actions.rulebook import Rulebook
from models.ledgers.entry import LedgerRow
from rules.deadlines import end_of


@dataclass(frozen=True, slots=True)
class Extent:
    """A campaign, from the local day `since` through `until`; without one of them from its beginning, to its end.

    `starts_at` and `ends_at` are the same as instants, the end not included. `ended_at` is the instant from which on
    the campaign is over: what counts of its branches is then what was kept of them.
    """

    campaign_id: int
    ended_at: datetime | None
    since: date | None
    until: date | None
    starts_at: datetime | None
    ends_at: datetime | None

    @classmethod
    def of(cls, rulebook: Rulebook, since: date | None = None, until: date | None = None) -> "Extent":
        """Take a campaign between two days of its own zone."""
        starts_at = end_of(since - timedelta(days=1), rulebook.zone) if since else None
        ends_at = end_of(until, rulebook.zone) if until else None
        ended_at = rulebook.campaign.ended_at if is_over(rulebook.campaign) else None
        return cls(rulebook.campaign_id, ended_at, since, until, starts_at, ends_at)

    @property
    def is_over(self) -> bool:
        """Whether the campaign is over."""
        return self.ended_at is not None

    def days(self, day: Any) -> ColumnElement[bool]:
        """Select the rows of which a day lies within."""
        found: list[ColumnElement[bool]] = [true()]
        if self.since is not None:
            found.append(col(day) >= self.since)
        if self.until is not None:
            found.append(col(day) <= self.until)
        return and_(*found)

    def by_the_end(self, day: Any) -> ColumnElement[bool]:
        """Select the rows of which a day is not after the end."""
        return true() if self.until is None else col(day) <= self.until

    def instants(self, at: Any) -> ColumnElement[bool]:
        """Select the rows of which an instant is there and lies within."""
        found: list[ColumnElement[bool]] = [col(at).is_not(None)]
        if self.starts_at is not None:
            found.append(col(at) >= self.starts_at)
        if self.ends_at is not None:
            found.append(col(at) < self.ends_at)
        return and_(*found)

    def counts(self, table: type[LedgerRow]) -> ColumnElement[bool]:
        """Select the entries of a ledger that were not struck."""
        return and_(col(table.campaign_id) == self.campaign_id, col(table.struck_at).is_(None))
