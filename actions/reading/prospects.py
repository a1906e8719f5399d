"""Read the enterprises that can found a branch, in the order in which they should."""

from dataclasses import dataclass
from typing import cast

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import Session, col

from actions.house import House
from actions.ledgers.foundations import IS_PROSPECT
from actions.reading.ledgers import EntryFilter, EntryState, entries_of, state_of
from actions.reading.pages import Page, page_of
from actions.rulebook import Rulebook, open_rulebook
from config.ledgers.foundation import FoundationEntry
from config.vocabulary import LedgerCode
from models.database import snapshot
from models.ledgers.foundation import Foundation
from models.scope import EVERYTHING, Scope
from rules.founding import comes_first


@dataclass(frozen=True, slots=True)
class Prospect:
    """An enterprise that can found a branch and has not begun to; `number` is its entry's."""

    number: int
    unit: str
    unit_name: str
    entry: FoundationEntry
    comes_first: bool


def read_prospects(
    house: House,
    campaign: str,
    *,
    unit: str | None = None,
    limit: int,
    after: int | None = None,
    scope: Scope = EVERYTHING,
) -> Page[Prospect]:
    """Read them from behind the entry `after`: the larger before the smaller, so that those that come first do."""
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        query = entries_of(session, LedgerCode.FOUNDATIONS, rulebook.campaign_id, EntryFilter(unit), scope)
        if after is not None:
            query = query.where(_behind(session, rulebook, after))
        order = (col(Foundation.employees).desc(), col(Foundation.number))
        found = session.execute(query.where(IS_PROSPECT).order_by(*order).limit(limit + 1)).tuples()
        states = (state_of(FoundationEntry, *row) for row in found)
        return page_of(map(_prospect, states), limit, lambda prospect: prospect.number)


def _behind(session: Session, rulebook: Rulebook, number: int) -> ColumnElement[bool]:
    """Select the entries that stand behind one in the order; all of them where there is no such entry."""
    employees, numbers = col(Foundation.employees), col(Foundation.number)
    of_it = select(employees).where(col(Foundation.campaign_id) == rulebook.campaign_id, numbers == number)
    size = session.execute(of_it).scalar_one_or_none()
    return numbers > 0 if size is None else or_(employees < size, and_(employees == size, numbers > number))


def _prospect(state: EntryState) -> Prospect:
    entry = cast("FoundationEntry", state.entry)
    return Prospect(state.number, state.unit, state.unit_name, entry, comes_first(entry.employees))
