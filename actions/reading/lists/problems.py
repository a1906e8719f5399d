"""Problems as a list."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlmodel import col

from actions.reading.lists.asked import Asked
from models.branch import Branch
from models.campaign import Stage
from models.problem import Problem
from models.unit import Unit
from rules.deadlines import last_allowed_day
from sheets.lists.table import Cell, Kind, column

COLUMNS = (
    column("number", "编号", "Number", Kind.WHOLE, 8),
    column("unit_code", "单位编码", "Unit code"),
    column("unit_name", "单位", "Unit", width=20),
    column("branch_code", "支部编码", "Branch code"),
    column("branch_name", "支部", "Branch", width=30),
    column("stage", "阶段编码", "Stage code"),
    column("title", "问题", "Problem", width=40),
    column("category", "类别", "Category"),
    column("owner", "责任人", "Owner"),
    column("last_day", "整改期限", "Last day", Kind.DAY, 12),
    column("status", "状态", "Status", Kind.WORD, 10),
    column("is_late", "是否逾期", "Late", Kind.YES, 10),
    column("measures", "整改措施", "Measures", width=40),
    column("found_at", "查找时间", "Found at", Kind.MOMENT, 18),
    column("found_by", "登记人", "Found by"),
    column("solved_at", "解决时间", "Solved at", Kind.MOMENT, 18),
    column("solved_by", "解决人", "Solved by"),
    column("verified_at", "核实时间", "Verified at", Kind.MOMENT, 18),
    column("verified_by", "核实人", "Verified by"),
    column("note", "备注", "Note", width=30),
)


def read_problem_rows(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    """Read the problems of the branches asked for by their numbers, late as of now."""
    query = (
        select(Problem, col(Unit.code), col(Unit.name), col(Branch.code), col(Branch.name), col(Stage.code))
        .join(Branch, col(Branch.id) == Problem.branch_id)
        .join(Unit, col(Unit.id) == Branch.unit_id)
        .join(Stage, col(Stage.id) == Problem.stage_id)
        .where(col(Problem.campaign_id) == asked.rulebook.campaign_id, asked.branches)
        .order_by(col(Problem.number))
    )
    for problem, *place, stage in asked.stream(query):
        due_at = problem.due_at
        yield (
            problem.number,
            *place,
            stage,
            problem.title,
            problem.category,
            problem.owner,
            last_allowed_day(due_at, asked.zone) if due_at else None,
            problem.status,
            due_at is not None and (problem.solved_at or asked.now) >= due_at,
            problem.measures,
            problem.found_at,
            problem.found_by,
            problem.solved_at,
            problem.solved_by,
            problem.verified_at,
            problem.verified_by,
            problem.note,
        )
