"""The registry as a list: units as the tree has them, each with its branches, in the columns that an import takes."""

from collections.abc import Iterator

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from actions.reading.lists.asked import Asked
from models.branch import STANDING_GRADE, Branch
from models.campaign import TAKES_PART, Enrolment
from models.officer import Officer
from models.unit import Unit
from sheets.lists.table import Cell, Kind, column

COLUMNS = (
    column("unit_code", "单位编码", "unit_code"),
    column("unit_name", "单位名称", "unit_name", width=20),
    column("parent_code", "上级编码", "parent_code"),
    column("level", "级别", "level", Kind.WORD, 10),
    column("branch_code", "支部编码", "branch_code"),
    column("branch_name", "支部名称", "branch_name", width=30),
    column("members", "党员数", "members", Kind.WHOLE, 10),
    column("employees", "职工数", "employees", Kind.WHOLE, 10),
    column("kind", "组织类型", "kind", Kind.WORD, 12),
    column("status", "状态", "status", Kind.WORD, 10),
    column("industry", "行业", "industry", width=16),
    column("grade", "等级", "grade", width=8),
    column("leader", "负责人", "leader", width=20),
    column("phone", "电话", "phone", width=16),
    column("officer_code", "联络员编码", "officer_code"),
    column("officer_name", "联络员", "officer_name", width=20),
)


def read_registry_rows(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    """Read the units asked for and the branches below them that take part; a unit without any has a row of its own."""
    parent = aliased(Unit)
    of_campaign = col(Enrolment.campaign_id) == asked.rulebook.campaign_id
    take_part = select(col(Enrolment.branch_id)).where(of_campaign, TAKES_PART)
    shown = and_(col(Branch.unit_id) == col(Unit.id), asked.branches, col(Branch.id).in_(take_part))
    query = (
        select(
            col(Unit.code),
            col(Unit.name),
            col(parent.code),
            col(Unit.level),
            col(Branch.code),
            col(Branch.name),
            col(Branch.members),
            col(Branch.employees),
            col(Branch.kind),
            col(Branch.status),
            col(Branch.industry),
            STANDING_GRADE,
            col(Branch.leader),
            col(Branch.phone),
            col(Officer.code),
            col(Officer.name),
        )
        .select_from(Unit)
        .join(parent, col(Unit.parent_id) == col(parent.id), isouter=True)
        .join(Branch, shown, isouter=asked.scope.sees_units)
        .join(Officer, col(Officer.id) == Branch.officer_id, isouter=True)
        .where(asked.units)
        .order_by(col(Unit.path), col(Branch.code))
    )
    phone = [each.code for each in COLUMNS].index("phone")
    for row in asked.stream(query):
        yield (*row[:phone], asked.opened(row[phone]), *row[phone + 1 :])
