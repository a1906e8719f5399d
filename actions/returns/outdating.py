"""Mark returns as outdated: somebody corrected what they were made of."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from actions.returns.resting import wake
from actions.returns.versions import latest_from
from actions.rulebook import Rulebook
from models.campaign import Stage
from models.dialects import table_of
from models.returned import UnitReturn
from models.unit import Unit


def outdate(
    session: Session, rulebook: Rulebook, stage: Stage, units: Iterable[int], *, reason: str, actor: str, now: datetime
) -> tuple[str, ...]:
    """Mark the returns that stand of units and of all above them; return the codes of these, the lowest first.

    They go on counting until the next version, and hold nothing fast any more: what is missing is reminded again.
    """
    standing: dict[int, Unit] = {}
    for path in session.execute(select(col(Unit.path)).where(col(Unit.id).in_(set(units)))).scalars():
        for found, unit in latest_from(session, stage.id, path):
            if found.outdated_at is None:
                standing[found.id] = unit
    table = table_of(UnitReturn)
    marks = {"outdated_at": now, "outdated_by": actor, "outdated_reason": reason}
    session.execute(update(table).where(table.c.id.in_(standing)).values(marks))
    if standing:
        wake(session, rulebook, stage, standing.values(), now=now)
    return tuple(unit.code for unit in sorted(standing.values(), key=lambda unit: unit.path, reverse=True))
