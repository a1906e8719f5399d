"""Read measures: each is one query over what was recorded, and comes with that query."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlmodel import Session, col

from actions.house import House
from actions.measures.counted import Counted, Taken
from actions.measures.extent import Extent
from actions.measures.parts import Parts
from actions.measures.rows import COUNTED
from actions.rulebook import open_rulebook
from config.errors import Forbidden
from config.vocabulary import Measure
from models.database import snapshot
from models.queries import below, find_unit
from models.scope import EVERYTHING, Scope
from models.unit import Unit


@dataclass(frozen=True, slots=True)
class Figure:
    """What a measure came to, and the SQL that says so, as it can be run by hand."""

    measure: Measure
    value: int
    source: str


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """What measures came to in one part of the tree."""

    unit: str
    unit_name: str
    values: Mapping[Measure, int]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """What measures came to by part, and of each the SQL that gives it, as `part` (a unit's code) and `amount`."""

    parts: tuple[UnitFigures, ...]
    sources: Mapping[Measure, str]


def read_measures(
    house: House,
    campaign: str,
    measures: Sequence[Measure] = tuple(Measure),
    *,
    unit: str | None = None,
    since: date | None = None,
    until: date | None = None,
    scope: Scope = EVERYTHING,
) -> tuple[Figure, ...]:
    """Read measures over a unit and all below it, or over all that the scope sees, between two days, both included.

    Raises Unknown for a campaign or a unit that is not there, and Forbidden to whoever sees branches alone.
    """
    check_scope(scope)
    with snapshot(house.engine) as session:
        extent = Extent.of(open_rulebook(session, house, campaign), since, until)
        return figures_of(session, extent, measures, unit, scope)


def figures_of(
    session: Session, extent: Extent, measures: Sequence[Measure], unit: str | None, scope: Scope
) -> tuple[Figure, ...]:
    """Read measures in an open transaction, over a unit and all below it, or over all that the scope sees."""
    units = units_of(session, unit, scope)
    return tuple(_read(session, measure, _total(measure, extent, units)) for measure in measures)


def table_of_figures(session: Session, extent: Extent, measures: Sequence[Measure], parts: Parts) -> FigureTable:
    """Read measures by part in an open transaction; parts in which nothing was recorded are left out."""
    queries = {measure: _by_part(COUNTED[measure], extent, parts) for measure in measures}
    found = {measure: dict(session.execute(query).tuples().all()) for measure, query in queries.items()}
    figures = tuple(
        UnitFigures(
            part.code, part.name, {measure: int(amounts.get(part.code, 0)) for measure, amounts in found.items()}
        )
        for part in parts.units.values()
        if any(part.code in amounts for amounts in found.values())
    )
    return FigureTable(figures, {measure: as_sql(session, query) for measure, query in queries.items()})


def amounts_by_unit(session: Session, measure: Measure, extent: Extent) -> Sequence[tuple[int, int]]:
    """Read a measure unit by unit, in one query, for `add_up` to make of it what parts of the tree come to."""
    return session.execute(_by_unit(COUNTED[measure], extent)).tuples().all()


def add_up(measure: Measure, amounts: Iterable[tuple[int, int]], units: Container[int]) -> int:
    """Tell what a measure comes to in some units together; a thing that is in two of them counts once."""
    return COUNTED[measure].put_together(amount for unit, amount in amounts if unit in units)


def check_scope(scope: Scope) -> None:
    """Refuse sums over units to whoever sees branches alone."""
    if not scope.sees_units:
        raise Forbidden("the figures of a campaign are for whoever answers for a unit")


def _by_unit(counted: Counted, extent: Extent) -> Select[Any]:
    """Ask for a measure unit by unit: what it comes to, or, where different things are counted, each with the unit."""
    rows = counted.rows(extent).subquery()
    if counted.taken is Taken.DIFFERENT:
        return select(rows.c.unit_id, rows.c.amount).distinct()
    return select(rows.c.unit_id, counted.amount_of(rows.c.amount)).group_by(rows.c.unit_id)


def _by_part(counted: Counted, extent: Extent, parts: Parts) -> Select[Any]:
    """Ask for a measure part by part; a thing that is in two units of a part counts once in it."""
    rows, places = counted.rows(extent).subquery(), parts.table()
    amount = counted.amount_of(rows.c.amount).label("amount")
    placed = select(places.c.part, amount).join(rows, rows.c.unit_id == places.c.unit_id)
    return placed.group_by(places.c.part)


def units_of(session: Session, unit: str | None, scope: Scope) -> Select[Any]:
    """Select a unit and all below it, or all that the scope sees; Unknown for a unit that it does not see."""
    chosen = select(col(Unit.id)).where(scope.units)
    return chosen if unit is None else chosen.where(below(find_unit(session, unit, scope)))


def _total(measure: Measure, extent: Extent, units: Select[Any]) -> Select[Any]:
    counted = COUNTED[measure]
    rows = counted.rows(extent).subquery()
    return select(counted.amount_of(rows.c.amount)).select_from(rows).where(rows.c.unit_id.in_(units))


def _read(session: Session, measure: Measure, query: Select[Any]) -> Figure:
    value = session.execute(query).scalar_one()
    return Figure(measure, int(value), as_sql(session, query))


def as_sql(session: Session, query: Select[Any]) -> str:
    """Write a query down as it can be run by hand, with its values in it."""
    return str(query.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))


def counted(query: Select[Any]) -> Select[tuple[int]]:
    """Ask how many rows a query gives."""
    return select(func.count()).select_from(query.with_only_columns(literal(1)).order_by(None).subquery())


def row_of(source: str, column: str, value: str | None) -> str:
    """Take the row of one value out of what an SQL gives."""
    return f"SELECT * FROM ({source}) AS counted WHERE {column} {_equal(value)}"


def amount_of(source: str, part: str) -> str:
    """Take the amount of one part out of what the SQL of a measure gives by part; 0 where there is none."""
    return f"SELECT coalesce(sum(amount), 0) AS amount FROM ({source}) AS counted WHERE part {_equal(part)}"


def _equal(value: str | None) -> str:
    return "IS NULL" if value is None else "= '{}'".format(value.replace("'", "''"))
