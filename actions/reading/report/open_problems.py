"""The problems that a report has to name because nobody has solved them."""

from typing import Any

from sqlalchemy import Select, or_, select
from sqlmodel import Session, col

from actions.measures.extent import Extent
from actions.measures.problems import by_the_end
from actions.reading.measures import as_sql, counted
from actions.rulebook import Rulebook
from models.branch import Branch
from models.problem import Problem
from models.unit import Unit
from reports.report import OpenProblemRow, OpenProblems
from rules.deadlines import last_allowed_day


def read_open_problems(session: Session, rulebook: Rulebook, extent: Extent, units: Select[Any]) -> OpenProblems:
    """Read what was found by the end of the extent and not solved by then; those without a day come last."""
    is_open = or_(col(Problem.solved_at).is_(None), ~by_the_end(extent, Problem.solved_at))
    query = (
        select(
            col(Problem.number),
            col(Unit.name),
            col(Branch.name),
            col(Problem.title),
            col(Problem.category),
            col(Problem.owner),
            col(Problem.due_at),
        )
        .join(Unit, col(Unit.id) == col(Problem.unit_id))
        .join(Branch, col(Branch.id) == col(Problem.branch_id))
        .where(
            col(Problem.campaign_id) == extent.campaign_id,
            by_the_end(extent, Problem.found_at),
            is_open,
            col(Problem.unit_id).in_(units),
        )
        .order_by(col(Problem.due_at).is_(None), col(Problem.due_at), col(Problem.number))
    )
    rows = tuple(
        OpenProblemRow(
            number=number,
            unit=unit,
            branch=branch,
            title=title,
            category=category,
            owner=owner,
            last_day=last_allowed_day(due_at, rulebook.zone) if due_at else None,
        )
        for number, unit, branch, title, category, owner, due_at in session.execute(query).tuples()
    )
    return OpenProblems(rows, as_sql(session, counted(query)))
