"""Problems of a campaign by unit and by category: how many were found, and what share is solved."""

from collections import Counter
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlmodel import Session, col

from actions.measures.extent import Extent
from actions.measures.parts import Parts
from actions.reading.measures import as_sql
from models.problem import Problem
from reports.report import ProblemRow, ProblemTable


def problems_by_unit(session: Session, extent: Extent, parts: Parts) -> ProblemTable:
    """Count the problems found by the end of the extent in each part, and those solved by then."""
    query = _counts(extent, col(Problem.unit_id))
    found: Counter[int] = Counter()
    solved: Counter[int] = Counter()
    for unit, number, done in session.execute(query):
        if unit in parts.of:
            found[parts.of[unit]] += int(number)
            solved[parts.of[unit]] += int(done)
    rows = (ProblemRow(unit.name, found[part], solved[part]) for part, unit in parts.units.items() if found[part])
    return ProblemTable(tuple(rows), as_sql(session, query))


def problems_by_category(session: Session, extent: Extent, units: Select[Any]) -> ProblemTable:
    """Count the same by category, those with most found first; without one comes last."""
    query = _counts(extent, col(Problem.category)).where(col(Problem.unit_id).in_(units))
    rows = [ProblemRow(category, int(number), int(done)) for category, number, done in session.execute(query)]
    rows.sort(key=lambda row: (row.name is None, -row.found, row.name))
    return ProblemTable(tuple(rows), as_sql(session, query))


def _counts(extent: Extent, key: Any) -> Select[Any]:
    is_solved = _by_the_end(extent, Problem.solved_at)
    return (
        select(key, func.count(), func.sum(case((is_solved, 1), else_=0)))
        .select_from(Problem)
        .where(col(Problem.campaign_id) == extent.campaign_id, _by_the_end(extent, Problem.found_at))
        .group_by(key)
    )


def _by_the_end(extent: Extent, at: Any) -> ColumnElement[bool]:
    """Select what happened before the extent ends, however long before it begins."""
    return col(at).is_not(None) if extent.ends_at is None else col(at) < extent.ends_at
