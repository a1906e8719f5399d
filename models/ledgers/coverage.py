"""Coverage: how many enterprises there are in a unit, and how many have an organisation."""

from models.ledgers.entry import LedgerRow, numbered


class Coverage(LedgerRow, table=True):
    """What was counted on `day` in a unit with all below it, or in the unit itself `alone`; the latest count holds.

    Where those below were counted too, theirs count: `rules.coverage` says how.
    """

    __tablename__ = "coverage"
    __table_args__ = numbered("coverage")

    enterprises: int
    sole_traders: int
    employees: int
    members: int
    enterprises_with_members: int
    committees: int
    branches: int
    joint_branches: int
    local_organisations: int = 0
    grassroots_organisations: int = 0
    industry_organisations: int = 0
    organisation_members: int = 0
    alone: bool = False
