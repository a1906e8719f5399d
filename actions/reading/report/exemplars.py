"""The exemplars that a report names."""

from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from actions.measures.extent import Extent
from actions.reading.measures import as_sql, counted
from models.branch import Branch
from models.ledgers.exemplar import Exemplar
from models.unit import Unit
from reports.report import ExemplarRow, Exemplars


def read_exemplars(session: Session, extent: Extent, units: Select[Any]) -> Exemplars:
    """Read the exemplars of the days asked for, in the order of the tree."""
    query = (
        select(Exemplar, col(Unit.name), col(Branch.name))
        .join(Unit, col(Unit.id) == col(Exemplar.unit_id))
        .join(Branch, col(Branch.id) == col(Exemplar.branch_id))
        .where(extent.counts(Exemplar), extent.days(Exemplar.day), col(Unit.id).in_(units))
        .order_by(col(Unit.path), col(Exemplar.number))
    )
    rows = tuple(
        ExemplarRow(
            unit=unit,
            branch=branch,
            name=exemplar.name,
            level=exemplar.level,
            category=exemplar.category,
            story_published=exemplar.story_published,
            told_on_tour=exemplar.told_on_tour,
            shown_on_site=exemplar.shown_on_site,
        )
        for exemplar, unit, branch in session.execute(query).tuples()
    )
    return Exemplars(rows, as_sql(session, counted(query)))
