"""Coverage: how many enterprises there are in a unit, and how many have an organisation."""

from models.ledgers.entry import LedgerRow, numbered


class Coverage(LedgerRow, table=True):
    """What was counted in a unit itself, without the units below it, on `day`; the latest count holds."""

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
