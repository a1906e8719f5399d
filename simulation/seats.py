"""The branches that take part, as those who plan for them need to know them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from actions.house import House
from config.vocabulary import BranchKind, OfficerRole
from models.branch import Branch
from models.campaign import Enrolment
from models.database import snapshot
from models.officer import Officer
from models.unit import Unit


@dataclass(frozen=True, slots=True)
class Seat:
    """A branch that takes part in a wave; `group` is the officer of the group that guides its unit."""

    branch: str
    wave_id: int
    unit: str
    leader: str | None
    group: str | None
    kind: BranchKind
    members: int
    employees: int


def read_seats(house: House, campaign_id: int) -> tuple[Seat, ...]:
    """Read all branches of a campaign, in the order of their codes."""
    group = (
        select(col(Officer.code))
        .where(col(Officer.unit_id) == col(Unit.id), col(Officer.role) == OfficerRole.GROUP)
        .order_by(col(Officer.code))
        .limit(1)
        .scalar_subquery()
    )
    of_branch = (col(Branch.kind), col(Branch.members), col(Branch.employees))
    query = (
        select(col(Branch.code), col(Enrolment.wave_id), col(Unit.code), col(Branch.leader), group, *of_branch)
        .select_from(Enrolment)
        .join(Branch, col(Branch.id) == col(Enrolment.branch_id))
        .join(Unit, col(Unit.id) == col(Branch.unit_id))
        .where(col(Enrolment.campaign_id) == campaign_id)
        .order_by(col(Branch.code))
    )
    with snapshot(house.engine) as session:
        return tuple(Seat(*row) for row in session.execute(query).tuples())
