"""Read the enterprises that can found a branch, in the order in which they should."""

from dataclasses import dataclass
from typing import cast

from actions.house import House
from actions.reading.ledgers import EntryFilter, read_whole_ledger
from config.ledgers.foundation import FoundationEntry
from config.vocabulary import FoundationStatus, LedgerCode
from models.scope import EVERYTHING, Scope
from rules.founding import can_found, comes_first


@dataclass(frozen=True, slots=True)
class Prospect:
    """An enterprise that can found a branch and has not begun to; `number` is its entry's."""

    number: int
    unit: str
    unit_name: str
    entry: FoundationEntry
    comes_first: bool


def read_prospects(
    house: House, campaign: str, *, unit: str | None = None, scope: Scope = EVERYTHING
) -> tuple[Prospect, ...]:
    """Read them: those that come first, then the larger before the smaller."""
    found = (
        Prospect(state.number, state.unit, state.unit_name, entry, comes_first(entry.employees))
        for state in read_whole_ledger(house, campaign, LedgerCode.FOUNDATIONS, EntryFilter(unit), scope=scope)
        if (entry := cast("FoundationEntry", state.entry)).status is FoundationStatus.PROSPECT
        and can_found(entry.full_members)
    )
    return tuple(sorted(found, key=lambda prospect: (not prospect.comes_first, -prospect.entry.employees)))
