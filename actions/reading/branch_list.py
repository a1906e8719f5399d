"""Read the branches of the registry, one by one or page by page."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from actions.house import House
from actions.reading.pages import Page, page_of
from config.errors import Unknown
from config.vocabulary import BranchKind, BranchStatus
from models.branch import STANDING_GRADE, Branch
from models.campaign import TAKES_PART, Enrolment
from models.database import snapshot
from models.officer import Officer
from models.queries import below, find_campaign, find_officer, find_unit
from models.scope import EVERYTHING, Scope
from models.unit import Unit


@dataclass(frozen=True, slots=True)
class BranchState:
    """A branch as the registry has it; `number` is its place in lists, and nothing that people call it by."""

    number: int
    branch: str
    name: str
    unit: str
    unit_name: str
    kind: BranchKind
    status: BranchStatus
    members: int
    employees: int
    industry: str | None
    grade: str | None
    leader: str | None
    officer: str | None
    officer_name: str | None


@dataclass(frozen=True, slots=True)
class BranchFilter:
    """Which branches are asked for; what is None lets all through. `campaign` is one that they take part in."""

    campaign: str | None = None
    unit: str | None = None
    officer: str | None = None
    kind: BranchKind | None = None
    status: BranchStatus | None = None


def read_branches(
    house: House,
    wanted: BranchFilter = BranchFilter(),
    *,
    limit: int,
    later_than: int = 0,
    scope: Scope = EVERYTHING,
) -> Page[BranchState]:
    """Read at most `limit` branches by their numbers; `later_than` is the number where a page ended.

    Raises Unknown for a campaign, a unit or an officer that is not there, or not inside the scope.
    """
    with snapshot(house.engine) as session:
        query = _narrowed(session, _select(scope), wanted, scope).where(col(Branch.id) > later_than)
        rows = session.execute(query.order_by(col(Branch.id)).limit(limit + 1))
        return page_of((BranchState(*row) for row in rows), limit, lambda branch: branch.number)


def read_branch(house: House, code: str, scope: Scope = EVERYTHING) -> BranchState:
    """Read one branch; Unknown when there is none of that code inside the scope."""
    with snapshot(house.engine) as session:
        found = session.execute(_select(scope).where(col(Branch.code) == code)).one_or_none()
    if found is None:
        raise Unknown("branch {code}: not in the registry", code=code)
    return BranchState(*found)


def _select(scope: Scope) -> Select[Any]:
    return (
        select(
            col(Branch.id),
            col(Branch.code),
            col(Branch.name),
            col(Unit.code),
            col(Unit.name),
            col(Branch.kind),
            col(Branch.status),
            col(Branch.members),
            col(Branch.employees),
            col(Branch.industry),
            STANDING_GRADE,
            col(Branch.leader),
            col(Officer.code),
            col(Officer.name),
        )
        .join(Unit, col(Unit.id) == Branch.unit_id)
        .join(Officer, col(Officer.id) == Branch.officer_id, isouter=True)
        .where(scope.branches)
    )


def _narrowed(session: Session, query: Select[Any], wanted: BranchFilter, scope: Scope) -> Select[Any]:
    if wanted.campaign is not None:
        campaign = find_campaign(session, wanted.campaign)
        enrolled = select(col(Enrolment.branch_id)).where(col(Enrolment.campaign_id) == campaign.id, TAKES_PART)
        query = query.where(col(Branch.id).in_(enrolled))
    if wanted.unit is not None:
        query = query.where(below(find_unit(session, wanted.unit, scope)))
    if wanted.officer is not None:
        query = query.where(col(Branch.officer_id) == find_officer(session, wanted.officer, scope).id)
    if wanted.kind is not None:
        query = query.where(col(Branch.kind) == wanted.kind)
    if wanted.status is not None:
        query = query.where(col(Branch.status) == wanted.status)
    return query
