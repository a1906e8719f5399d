"""Read how the returns of a stage stand, unit by unit."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.house import House
from actions.reading.returns import status_of
from actions.returns.place import find_return_stage
from actions.returns.versions import latest_of
from actions.rulebook import Rulebook, open_rulebook
from config.definition.text import Text
from config.errors import Forbidden
from config.vocabulary import ReturnStatus
from models.assignment import Counter
from models.campaign import Stage, Task
from models.database import snapshot
from models.queries import below, find_unit
from models.scope import EVERYTHING, Scope
from models.unit import Unit
from models.window import Window


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """How the return of one unit stands; `missing` counts the open work of its own branches."""

    unit: str
    unit_name: str
    status: ReturnStatus
    missing: int
    version: int | None
    passed_at: datetime | None
    passed_by: str | None


@dataclass(frozen=True, slots=True)
class ReturnList:
    """The returns of a stage; `stages` are those of the campaign that ask for returns, with their titles."""

    campaign: str
    campaign_title: Text
    stage: str
    stages: tuple[tuple[str, Text], ...]
    lines: tuple[ReturnLine, ...]


def read_returns(
    house: House, campaign: str, stage: str, *, unit: str | None = None, scope: Scope = EVERYTHING
) -> ReturnList:
    """Read how the returns of all units at work in a stage stand, or of one and those below, in the tree's order.

    Raises Unknown for what is not there or outside the scope, Refusal for a stage that asks for no returns, and
    Forbidden to whoever sees branches alone.
    """
    if not scope.sees_units:
        raise Forbidden("returns are for whoever answers for a unit")
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        found, _, _ = find_return_stage(session, rulebook, stage)
        units = _units_at_work(session, found, unit, scope)
        latest = latest_of(session, found.id, [each.id for each in units])
        open_work = _open_work(session, rulebook, found)
        return ReturnList(
            campaign,
            rulebook.definition.title,
            stage,
            tuple((each.code, each.title) for each in rulebook.definition.stages if each.period),
            tuple(
                ReturnLine(
                    each.code,
                    each.name,
                    status_of(row),
                    open_work.get(each.id, 0),
                    row.version if row else None,
                    row.passed_at if row else None,
                    row.passed_by if row else None,
                )
                for each in units
                for row in (latest.get(each.id),)
            ),
        )


def _units_at_work(session: Session, stage: Stage, unit: str | None, scope: Scope) -> list[Unit]:
    """Return the units for which work of the stage counts, and those above them, as far as the scope goes."""
    query = select_rows(Unit).where(scope.units).order_by(col(Unit.path))
    if unit is not None:
        query = query.where(below(find_unit(session, unit, scope)))
    counted = (
        select(col(Unit.path))
        .join(Counter, col(Counter.unit_id) == Unit.id)
        .join(Window, col(Window.id) == Counter.window_id)
        .where(col(Window.stage_id) == stage.id)
        .distinct()
    )
    at_work = {
        path[: end + 1] for path in session.execute(counted).scalars() for end, sign in enumerate(path) if sign == "/"
    }
    return [each for each in session.exec(query) if each.path in at_work]


def _open_work(session: Session, rulebook: Rulebook, stage: Stage) -> dict[int, int]:
    """Count what has not been done of the tasks that ask for figures, by the unit that it counts for."""
    asking = [task.code for task in rulebook.definition.stage(stage.code).tasks if task.figures]
    query = (
        select(col(Counter.unit_id), func.sum(Counter.total - Counter.done - Counter.waived))
        .join(Task, col(Task.id) == Counter.task_id)
        .where(col(Task.stage_id) == stage.id, col(Task.code).in_(asking))
        .group_by(col(Counter.unit_id))
    )
    return {unit_id: int(number) for unit_id, number in session.execute(query).tuples()}
