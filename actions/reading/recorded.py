"""What was recorded of places in the period that a stage speaks of."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, func, select
from sqlmodel import Session, col

from actions.measures.extent import Extent
from actions.measures.rows import COUNTED
from actions.rulebook import Rulebook
from config.definition.repeating import PeriodSpec
from config.vocabulary import Measure
from models.dialects import in_chunks
from models.queries import below
from models.unit import Unit


def measured(
    session: Session, rulebook: Rulebook, period: PeriodSpec | None, measure: Measure, *, place: Unit
) -> int | None:
    """Return what a measure came to for a unit with all below it.

    None where nothing was recorded, which is not the same as none.
    """
    value, number = session.execute(recorded_query(rulebook, period, measure, place=place)).tuples().one()
    return int(value) if number else None


def measured_of_branches(
    session: Session, rulebook: Rulebook, period: PeriodSpec | None, measure: Measure, branches: Collection[int]
) -> Mapping[int, int]:
    """Return what a measure came to for each of these branches, by their ids; nothing where nothing was recorded."""
    rows, amount = _counted(rulebook, period, measure)
    found: dict[int, int] = {}
    for run in in_chunks(sorted(branches)):
        query = select(rows.c.branch_id, amount).where(rows.c.branch_id.in_(run)).group_by(rows.c.branch_id)
        found.update((branch_id, int(value)) for branch_id, value in session.execute(query).tuples())
    return found


def recorded_query(
    rulebook: Rulebook, period: PeriodSpec | None, measure: Measure, *, place: Unit
) -> Select[tuple[int, int]]:
    """Ask for the same as `amount`, and for the `number` of rows that it is made of."""
    rows, amount = _counted(rulebook, period, measure)
    here = rows.c.unit_id.in_(select(col(Unit.id)).where(below(place)))
    return select(amount.label("amount"), func.count().label("number")).where(here)


def _counted(rulebook: Rulebook, period: PeriodSpec | None, measure: Measure) -> tuple[Subquery, ColumnElement[Any]]:
    extent = Extent.of(rulebook, period.since, period.until) if period else Extent.of(rulebook)
    counted = COUNTED[measure]
    rows = counted.rows(extent).subquery()
    return rows, counted.amount_of(rows.c.amount)
