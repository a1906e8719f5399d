"""Read the targets that units answer for, beside what was reached."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from actions.house import House
from actions.measures.extent import Extent
from actions.reading.ledgers import EntryFilter, read_whole_ledger
from actions.reading.measures import measure_unit
from actions.rulebook import open_rulebook
from config.ledgers.target import TargetEntry
from config.vocabulary import LedgerCode
from models.database import snapshot
from models.scope import EVERYTHING, Scope
from rules.deadlines import local_day


@dataclass(frozen=True, slots=True)
class TargetState:
    """A target, and what its measure came to in the unit and below by its due day, or by today before that."""

    number: int
    unit: str
    unit_name: str
    entry: TargetEntry
    reached: int
    is_met: bool
    is_late: bool


def read_targets(
    house: House, campaign: str, *, now: datetime, unit: str | None = None, scope: Scope = EVERYTHING
) -> tuple[TargetState, ...]:
    """Read targets in the order in which they were set; one is late that is not met after its due day."""
    states = list(read_whole_ledger(house, campaign, LedgerCode.TARGETS, EntryFilter(unit), scope=scope))
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        today = local_day(now, rulebook.zone)
        found: list[TargetState] = []
        for state in states:
            entry = cast("TargetEntry", state.entry)
            extent = Extent.of(rulebook, until=min(entry.due, today))
            reached = measure_unit(session, entry.measure, extent, entry.unit, scope)
            is_met = reached >= entry.wanted
            late = not is_met and today > entry.due
            found.append(TargetState(state.number, state.unit, state.unit_name, entry, reached, is_met, late))
        return tuple(found)
