"""Problems of a campaign by unit and by category: how many were found, and what share is solved."""

from typing import Any

from sqlalchemy import Select
from sqlmodel import Session, col

from actions.measures.extent import Extent
from actions.measures.parts import Parts
from actions.measures.problems import count_problems
from actions.reading.measures import as_sql, row_of
from models.problem import Problem
from reports.report import ProblemRow, ProblemTable


def count_all_problems(session: Session, extent: Extent, units: Select[Any]) -> ProblemRow:
    """Count the problems found by the end of the extent in some units, and those solved by then."""
    query = count_problems(extent).where(col(Problem.unit_id).in_(units))
    found, solved, _ = session.execute(query).tuples().one()
    return ProblemRow(None, int(found), int(solved), as_sql(session, query))


def problems_by_unit(session: Session, extent: Extent, parts: Parts, total: ProblemRow) -> ProblemTable:
    """Count the same in each part."""
    places = parts.table()
    query = count_problems(extent, places.c.part).join(places, places.c.unit_id == col(Problem.unit_id))
    source = as_sql(session, query)
    found = {part: (int(number), int(solved)) for part, number, solved, _ in session.execute(query).tuples()}
    rows = (
        ProblemRow(unit.name, *found[unit.code], row_of(source, "part", unit.code))
        for unit in parts.units.values()
        if unit.code in found
    )
    return ProblemTable(tuple(rows), total)


def problems_by_category(session: Session, extent: Extent, units: Select[Any], total: ProblemRow) -> ProblemTable:
    """Count the same by category, those with most found first; without one comes last."""
    query = count_problems(extent, col(Problem.category)).where(col(Problem.unit_id).in_(units))
    source = as_sql(session, query)
    rows = [
        ProblemRow(category, int(found), int(solved), row_of(source, "category", category))
        for category, found, solved, _ in session.execute(query).tuples()
    ]
    rows.sort(key=lambda row: (row.name is None, -row.found, row.name))
    return ProblemTable(tuple(rows), total)
