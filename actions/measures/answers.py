"""The answers of branches that give a figure: what each says, and the unit that it counts for."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, select
from sqlmodel import col

from actions.measures.extent import Extent
from models.assignment import Assignment, FigureValue
from models.campaign import Enrolment, Stage, Task
from models.ended import EndedBranch


def answers_giving(extent: Extent, code: str, *conditions: ColumnElement[bool]) -> Select[Any]:
    """Select `unit_id`, `branch_id` and `amount`, in the smallest steps of its kind, of the answers of some days.

    A condition may speak of `Stage` and `Task`. Figures are added up over answers, as returns add them up.
    """
    unit = col(Assignment.unit_id) if extent.ended_at is None else _unit_at_the_end(extent)
    query: Select[Any] = (
        select(
            unit.label("unit_id"), col(Assignment.branch_id).label("branch_id"), col(FigureValue.value).label("amount")
        )
        .select_from(FigureValue)
        .join(Assignment, col(Assignment.id) == col(FigureValue.assignment_id))
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .join(Stage, col(Stage.id) == col(Task.stage_id))
        .where(
            col(Stage.campaign_id) == extent.campaign_id,
            col(FigureValue.code) == code,
            extent.instants(Assignment.done_at),
            *conditions,
        )
    )
    if extent.ended_at is None:
        return query
    takes_part = and_(
        col(Enrolment.campaign_id) == col(Stage.campaign_id), col(Enrolment.branch_id) == col(Assignment.branch_id)
    )
    return query.join(Enrolment, takes_part).join(EndedBranch, col(EndedBranch.enrolment_id) == col(Enrolment.id))


def _unit_at_the_end(extent: Extent) -> ColumnElement[int]:
    """Tell the unit that an answer counts for; of one that came after the end, where its branch was then."""
    is_late = col(Assignment.done_at) >= extent.ended_at
    return case((is_late, col(EndedBranch.unit_id)), else_=col(Assignment.unit_id))
