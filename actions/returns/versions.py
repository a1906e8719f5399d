"""The versions of returns: the latest of a unit, and those above it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from models.campaign import Stage
from models.dialects import in_chunks
from models.returned import ReturnFigure, UnitReturn
from models.unit import Unit, codes_of


def latest_of(session: Session, stage_id: int, units: Collection[int]) -> dict[int, UnitReturn]:
    """Return the latest version of each unit that has passed something on, by the unit's id."""
    found: dict[int, UnitReturn] = {}
    for run in in_chunks(sorted(units)):
        query = select_rows(UnitReturn).where(
            UnitReturn.stage_id == stage_id, col(UnitReturn.unit_id).in_(run), col(UnitReturn.replaced_at).is_(None)
        )
        found.update((each.unit_id, each) for each in session.exec(query))
    return found


def latest_from(session: Session, stage_id: int, path: str) -> Sequence[tuple[UnitReturn, Unit]]:
    """Return the latest versions of a unit and of all above it, from the top of the tree down, by the unit's path."""
    query = (
        select_rows(UnitReturn, Unit)
        .join(Unit, col(Unit.id) == UnitReturn.unit_id)
        .where(
            UnitReturn.stage_id == stage_id, col(Unit.code).in_(codes_of(path)), col(UnitReturn.replaced_at).is_(None)
        )
        .order_by(col(Unit.path))
    )
    return session.exec(query).all()


def figures_of(session: Session, returns: Collection[int]) -> Mapping[int, Mapping[str, int]]:
    """Return the figures of versions, by their ids, in the smallest steps."""
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for run in in_chunks(sorted(returns)):
        query = select(col(ReturnFigure.return_id), col(ReturnFigure.code), col(ReturnFigure.value))
        for key, code, value in session.execute(query.where(col(ReturnFigure.return_id).in_(run))).tuples():
            found[key][code] = value
    return found


def figures_passed_before(session: Session, campaign_id: int, follows: str | None, unit_id: int) -> Mapping[str, int]:
    """Return what the latest version of a unit says in the stage of the period before; nothing where there is none."""
    if follows is None:
        return {}
    query = (
        select(col(ReturnFigure.code), col(ReturnFigure.value))
        .join(UnitReturn, col(UnitReturn.id) == ReturnFigure.return_id)
        .join(Stage, col(Stage.id) == UnitReturn.stage_id)
        .where(
            col(Stage.campaign_id) == campaign_id,
            col(Stage.code) == follows,
            col(UnitReturn.unit_id) == unit_id,
            col(UnitReturn.replaced_at).is_(None),
        )
    )
    return dict(session.execute(query).tuples().all())
