"""Read the people of a part of the tree: page by page, and one with all that can be done about them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, or_, select, tuple_
from sqlmodel import Session, col

from actions.house import House
from actions.reading.channels import ChannelState, channels_of, endings_of
from actions.reading.officers import OfficerState, is_reached, select_officers, states
from actions.reading.pages import Page, page_of
from config.vocabulary import BranchStatus, CampaignStatus, OfficerRole
from models.branch import Branch
from models.campaign import Campaign, Enrolment
from models.database import snapshot
from models.officer import Officer
from models.queries import find_officer
from models.scope import EVERYTHING, Scope
from models.unit import Unit


@dataclass(frozen=True, slots=True)
class OfficerFilter:
    """Which officers are asked for; what is None lets all through. `said` is a part of a code or of a name."""

    said: str | None = None
    role: OfficerRole | None = None


@dataclass(frozen=True, slots=True)
class OwnBranch:
    """A branch that an officer answers for; `campaign` is the latest that it is in, running before ended."""

    branch: str
    name: str
    unit_name: str
    status: BranchStatus
    campaign: str | None


@dataclass(frozen=True, slots=True)
class OfficerDetail:
    """An officer with the branches inside the asked scope, and every channel.

    `endings` are the last characters of addresses, by the number of the channel, where they may be shown;
    `stands_in_for` are the codes and names of those whose deputy the officer is.
    """

    officer: OfficerState
    branches: tuple[OwnBranch, ...]
    channels: tuple[ChannelState, ...]
    endings: dict[int, str]
    stands_in_for: tuple[tuple[str, str], ...]


def read_officer_page(
    house: House,
    wanted: OfficerFilter = OfficerFilter(),
    *,
    now: datetime,
    limit: int,
    after: str | None = None,
    scope: Scope = EVERYTHING,
) -> Page[OfficerState]:
    """Read at most `limit` officers inside a scope, first those whom no active channel reaches, each by their codes.

    `after` is the code that a page ended with. Raises Refusal for a phone number that was sealed with another key.
    """
    rank = case((is_reached(), 1), else_=0)
    query = select_officers().where(scope.people).order_by(rank, col(Officer.code))
    if wanted.role is not None:
        query = query.where(col(Officer.role) == wanted.role)
    if wanted.said is not None:
        named = (column.icontains(wanted.said, autoescape=True) for column in (col(Officer.code), col(Officer.name)))
        query = query.where(or_(*named))
    with snapshot(house.engine) as session:
        if after is not None:
            last = session.execute(select(rank, col(Officer.code)).where(col(Officer.code) == after)).one_or_none()
            query = query.where(tuple_(rank, col(Officer.code)) > tuple_(*last)) if last else query
        return page_of(states(session, house, query.limit(limit + 1), now), limit, lambda officer: officer.officer)


def read_officer(house: House, code: str, *, now: datetime, scope: Scope = EVERYTHING) -> OfficerDetail:
    """Read one officer; Unknown when there is none of that code inside the scope."""
    with snapshot(house.engine) as session:
        found = find_officer(session, code, scope)
        (state,) = states(session, house, select_officers().where(col(Officer.id) == found.id), now)
        return OfficerDetail(
            officer=state,
            branches=_branches(session, found.id, scope),
            channels=channels_of(session, found.id),
            endings=endings_of(session, house, found.id),
            stands_in_for=_absent(session, found.id),
        )


def _branches(session: Session, officer_id: int, scope: Scope) -> tuple[OwnBranch, ...]:
    latest = (
        select(col(Campaign.code))
        .join(Enrolment, col(Enrolment.campaign_id) == Campaign.id)
        .where(col(Enrolment.branch_id) == Branch.id)
        .order_by(col(Campaign.status) == CampaignStatus.ENDED, col(Campaign.id).desc())
        .limit(1)
        .correlate(Branch)
        .scalar_subquery()
    )
    query = (
        select(col(Branch.code), col(Branch.name), col(Unit.name), col(Branch.status), latest)
        .join(Unit, col(Unit.id) == Branch.unit_id)
        .where(col(Branch.officer_id) == officer_id, scope.branches)
        .order_by(col(Branch.code))
    )
    return tuple(OwnBranch(*row) for row in session.execute(query).tuples())


def _absent(session: Session, deputy_id: int) -> tuple[tuple[str, str], ...]:
    query = select(col(Officer.code), col(Officer.name)).where(col(Officer.deputy_id) == deputy_id)
    return tuple((code, name) for code, name in session.execute(query.order_by(col(Officer.code))).tuples())
