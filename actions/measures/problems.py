"""Count problems: what was found by the end of the days asked for, and what of it was solved and verified by then."""

from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlmodel import col

from actions.measures.extent import Extent
from models.problem import Problem


def count_problems(extent: Extent, *keys: Any) -> Select[Any]:
    """Ask for `found`, `solved` and `verified` by some keys, however long before the days asked for it happened."""
    solved, verified = (_number(extent, at) for at in (Problem.solved_at, Problem.verified_at))
    return (
        select(*keys, func.count().label("found"), solved.label("solved"), verified.label("verified"))
        .select_from(Problem)
        .where(col(Problem.campaign_id) == extent.campaign_id, by_the_end(extent, Problem.found_at))
        .group_by(*keys)
    )


def by_the_end(extent: Extent, at: Any) -> ColumnElement[bool]:
    """Select what happened before the extent ends, however long before it begins."""
    return col(at).is_not(None) if extent.ends_at is None else col(at) < extent.ends_at


def _number(extent: Extent, at: Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((by_the_end(extent, at), 1), else_=0)), 0)
