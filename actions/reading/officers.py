"""Read whom Rollcall writes to, and how it reaches them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from actions.house import House
from config.vocabulary import ChannelStatus, Language, OfficerRole
from models.branch import Branch
from models.database import snapshot
from models.dialects import in_chunks
from models.officer import Channel, Officer
from models.queries import below, find_unit
from models.scope import EVERYTHING, Scope
from models.unit import Unit
from rules.deadlines import local_day


@dataclass(frozen=True, slots=True)
class AwayState:
    """The days on which an officer is away, both of them inside, and who is told instead; open without `until`."""

    first: date
    until: date | None
    deputy: str
    deputy_name: str


@dataclass(frozen=True, slots=True)
class OfficerState:
    """An officer; `unit` is the code of the unit that a group guides or a coordinator answers for.

    `channels` are the services of the active channels, the first tried first: addresses are secrets.
    `phone` is the number as it was entered. `away` is an absence that is not over, one ahead too.
    """

    officer: str
    name: str
    role: OfficerRole
    unit: str | None
    unit_name: str | None
    branches: int
    channels: tuple[str, ...]
    phone: str | None
    language: Language
    timezone: str
    away: AwayState | None


def read_officers(
    house: House,
    *,
    now: datetime,
    role: OfficerRole | None = None,
    unit: str | None = None,
    unreached: bool = False,
) -> tuple[OfficerState, ...]:
    """Read the officers by their codes, of one role, of a unit and all below it, or whom no active channel reaches.

    A liaison officer is of the units of the branches. Raises Refusal for an unknown unit and for a phone
    number that was sealed with another key.
    """
    with snapshot(house.engine) as session:
        query = select_officers().order_by(col(Officer.code))
        if role is not None:
            query = query.where(col(Officer.role) == role)
        if unit is not None:
            query = query.where(col(Officer.id).in_(of_unit(session, unit)))
        if unreached:
            query = query.where(~is_reached())
        return states(session, house, query, now)


def states(
    session: Session, house: House, query: Select[tuple[Officer, str, str, Officer]], now: datetime
) -> tuple[OfficerState, ...]:
    """Read the officers of a query, with what stands beside them."""
    rows = session.execute(query).tuples().all()
    ids = [officer.id for officer, *_ in rows]
    branches, channels = _branches(session, ids), _channels(session, ids)
    return tuple(
        OfficerState(
            officer=officer.code,
            name=officer.name,
            role=officer.role,
            unit=unit_code,
            unit_name=unit_name,
            branches=branches.get(officer.id, 0),
            channels=tuple(channels[officer.id]),
            phone=house.seal.open(officer.phone) if officer.phone else None,
            language=officer.language,
            timezone=officer.timezone,
            away=_away(officer, standing_in, now),
        )
        for officer, unit_code, unit_name, standing_in in rows
    )


def select_officers() -> Select[tuple[Officer, str, str, Officer]]:
    """Select officers with their unit's code and name and their deputy, which may all be missing."""
    deputy = aliased(Officer)
    return (
        select(Officer, col(Unit.code), col(Unit.name), deputy)
        .join(Unit, col(Unit.id) == Officer.unit_id, isouter=True)
        .join(deputy, col(Officer.deputy_id) == deputy.id, isouter=True)
    )


def _away(officer: Officer, deputy: Officer | None, now: datetime) -> AwayState | None:
    if deputy is None or officer.away_from is None:
        return None
    if officer.away_until is not None and officer.away_until < local_day(now, ZoneInfo(officer.timezone)):
        return None
    return AwayState(officer.away_from, officer.away_until, deputy.code, deputy.name)


def is_reached() -> ColumnElement[bool]:
    """Select, in a query that has `Officer` in it, those whom an active channel reaches."""
    active = (col(Channel.officer_id) == Officer.id, col(Channel.status) == ChannelStatus.ACTIVE)
    return select(col(Channel.id)).where(*active).correlate(Officer).exists()


def of_unit(session: Session, name: str, scope: Scope = EVERYTHING) -> Select[tuple[int]]:
    """Select the ids of the officers who answer for a unit, for one below it, or for a branch there.

    Refusal for a unit that is unknown, or outside the scope.
    """
    inside = below(find_unit(session, name, scope))
    own = select(col(Officer.id)).join(Unit, col(Unit.id) == Officer.unit_id).where(inside)
    liaison = select(col(Branch.officer_id)).join(Unit, col(Unit.id) == Branch.unit_id).where(inside)
    return select(own.union(liaison).subquery("officer_of").c.id)


def _branches(session: Session, officers: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for run in in_chunks(officers):
        query = select(col(Branch.officer_id), func.count()).where(col(Branch.officer_id).in_(run))
        counted = session.execute(query.group_by(col(Branch.officer_id))).tuples()
        found |= {officer_id: int(count) for officer_id, count in counted if officer_id}
    return found


def _channels(session: Session, officers: Sequence[int]) -> defaultdict[int, list[str]]:
    services: defaultdict[int, list[str]] = defaultdict(list)
    for run in in_chunks(officers):
        query = (
            select(col(Channel.officer_id), col(Channel.service))
            .where(col(Channel.status) == ChannelStatus.ACTIVE, col(Channel.officer_id).in_(run))
            .order_by(col(Channel.officer_id), col(Channel.rank), col(Channel.id))
        )
        for officer_id, service in session.execute(query).tuples():
            services[officer_id].append(service)
    return services
