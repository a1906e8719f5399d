"""Read the silences: of what, for how long, and why."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col

from actions.house import House
from models.branch import Branch
from models.database import snapshot
from models.scope import EVERYTHING, Scope
from models.silence import Silence, inside
from models.unit import Unit


@dataclass(frozen=True, slots=True)
class SilenceState:
    """A silence of a branch or a unit, by code and name; `in_force` says whether it holds just now."""

    number: int
    branch: str | None
    unit: str | None
    name: str
    starts_at: datetime
    ends_at: datetime
    reason: str
    added_at: datetime
    added_by: str
    lifted_at: datetime | None
    lifted_by: str | None
    in_force: bool


@dataclass(frozen=True, slots=True)
class Silences:
    """The silences, and the zone in which people are shown their times."""

    zone: ZoneInfo
    silences: tuple[SilenceState, ...]


def read_silences(house: House, *, now: datetime, scope: Scope = EVERYTHING) -> Silences:
    """Read the silences of branches and units inside a scope, the newest first."""
    with snapshot(house.engine) as session:
        query = (
            select(Silence, col(Branch.code), col(Unit.code), col(Branch.name), col(Unit.name))
            .join(Branch, col(Branch.id) == Silence.branch_id, isouter=True)
            .join(Unit, col(Unit.id) == Silence.unit_id, isouter=True)
            .where(inside(scope))
            .order_by(col(Silence.id).desc())
        )
        found = tuple(
            SilenceState(
                number=silence.id,
                branch=branch,
                unit=unit,
                name=branch_name or unit_name or "",
                starts_at=silence.starts_at,
                ends_at=silence.ends_at,
                reason=silence.reason,
                added_at=silence.added_at,
                added_by=silence.added_by,
                lifted_at=silence.lifted_at,
                lifted_by=silence.lifted_by,
                in_force=silence.lifted_at is None and silence.starts_at <= now < silence.ends_at,
            )
            for silence, branch, unit, branch_name, unit_name in session.execute(query).tuples()
        )
        return Silences(ZoneInfo(house.settings.timezone), found)
