"""Read the targets that units answer for, beside what was reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import cast

from sqlalchemy import select
from sqlmodel import col

from actions.house import House
from actions.measures.extent import Extent
from actions.reading.ledgers import EntryFilter, read_whole_ledger
from actions.reading.measures import add_up, amounts_by_unit, check_scope
from actions.rulebook import open_rulebook
from config.ledgers.target import TargetEntry
from config.vocabulary import LedgerCode, Measure
from models.database import snapshot
from models.scope import EVERYTHING, Scope
from models.unit import Unit
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
    """Read targets in the order in which they were set; one is late that is not met after its due day.

    There is one query for each measure and day, however many units have targets of it. Raises Unknown for what is not
    there, and Forbidden to whoever sees branches alone.
    """
    check_scope(scope)
    states = list(read_whole_ledger(house, campaign, LedgerCode.TARGETS, EntryFilter(unit), scope=scope))
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        today = local_day(now, rulebook.zone)
        paths = dict(session.execute(select(col(Unit.id), col(Unit.path))).tuples().all())

        @cache
        def amounts(measure: Measure, until: date) -> Sequence[tuple[int, int]]:
            return amounts_by_unit(session, measure, Extent.of(rulebook, until=until))

        @cache
        def units_below(code: str) -> frozenset[int]:
            return frozenset(unit for unit, path in paths.items() if f"/{code}/" in path)

        found: list[TargetState] = []
        for state in states:
            entry = cast("TargetEntry", state.entry)
            of_measure = amounts(entry.measure, min(entry.due, today))
            reached = add_up(entry.measure, of_measure, units_below(entry.unit))
            is_met = reached >= entry.wanted
            late = not is_met and today > entry.due
            found.append(TargetState(state.number, state.unit, state.unit_name, entry, reached, is_met, late))
        return tuple(found)
