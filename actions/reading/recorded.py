"""What was recorded of one place in the period that a stage speaks of."""

from sqlalchemy import ColumnElement, Select, func, select
from sqlmodel import Session, col

from actions.measures.extent import Extent
from actions.measures.rows import COUNTED
from actions.rulebook import Rulebook
from config.definition.repeating import PeriodSpec
from config.vocabulary import Measure
from models.queries import below
from models.unit import Unit


def measured(
    session: Session, rulebook: Rulebook, period: PeriodSpec | None, measure: Measure, *, place: Unit | int
) -> int | None:
    """Return what a measure came to for a unit with all below it, or for the branch of an id.

    None where nothing was recorded, which is not the same as none.
    """
    value, number = session.execute(recorded_query(rulebook, period, measure, place=place)).tuples().one()
    return int(value) if number else None


def recorded_query(
    rulebook: Rulebook, period: PeriodSpec | None, measure: Measure, *, place: Unit | int
) -> Select[tuple[int, int]]:
    """Ask for the same as `amount`, and for the `number` of rows that it is made of."""
    extent = Extent.of(rulebook, period.since, period.until) if period else Extent.of(rulebook)
    counted = COUNTED[measure]
    rows = counted.rows(extent).subquery()
    amount = func.count(rows.c.amount.distinct()) if counted.differ else func.sum(rows.c.amount)
    here: ColumnElement[bool]
    if isinstance(place, Unit):
        here = rows.c.unit_id.in_(select(col(Unit.id)).where(below(place)))
    else:
        here = rows.c.branch_id == place
    return select(amount.label("amount"), func.count().label("number")).where(here)
