"""Who took part in a campaign that is over, as the registry had them when it ended."""

from sqlmodel import Field

from models.base import Row


class EndedBranch(Row, table=True):
    """What is counted of a branch from the end of the campaign on, whatever becomes of it in the registry."""

    __tablename__ = "ended_branch"

    enrolment_id: int = Field(foreign_key="enrolment.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    members: int
    employees: int
    officer_id: int | None = Field(default=None, foreign_key="officer.id")
