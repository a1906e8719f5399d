"""Progress as a list: for each unit with branches of its own, each window and each task, from the counters."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from actions.assignments.counters import tally_sums
from actions.measures.work_done import CountedWork
from actions.reading.lists.asked import Asked
from models.assignment import Assignment, Counter
from models.branch import Branch
from models.campaign import Stage, Task, Wave
from models.unit import Unit
from models.window import Window
from rules.progress import Tally, completeness, overdue, timeliness
from sheets.lists.table import Cell, Kind, column

COLUMNS = (
    column("unit_code", "单位编码", "Unit code"),
    column("unit_name", "单位", "Unit", width=20),
    column("parent_code", "上级编码", "Parent code"),
    column("stage", "阶段编码", "Stage code"),
    column("stage_title", "阶段", "Stage", width=16),
    column("wave", "批次", "Wave", width=10),
    column("task", "任务编码", "Task code"),
    column("task_title", "任务", "Task", width=28),
    column("total", "任务数", "Tasks of branches", Kind.WHOLE, 10),
    column("done", "已办结", "Done", Kind.WHOLE, 10),
    column("in_time", "按时办结", "Done in time", Kind.WHOLE, 10),
    column("waived", "已免办", "Waived", Kind.WHOLE, 10),
    column("overdue", "已逾期", "Overdue", Kind.WHOLE, 10),
    column("completeness", "办结率", "Done, share", Kind.SHARE, 10),
    column("timeliness", "按时率", "In time, share", Kind.SHARE, 10),
)


def read_progress_rows(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    """Read how far each unit is in each task; of branches alone, the work itself is counted."""
    definition = asked.rulebook.definition
    for unit, name, parent, stage, wave, task, *sums in asked.stream(_select(asked)):
        spec = definition.stage(stage)
        tally = Tally(*(int(part) for part in sums))
        yield (
            unit,
            name,
            parent,
            stage,
            spec.title,
            wave,
            task,
            spec.task(task).title,
            tally.total,
            tally.done,
            tally.in_time,
            tally.waived,
            overdue(tally),
            completeness(tally),
            timeliness(tally),
        )


def _select(asked: Asked) -> Select[Any]:
    parent = aliased(Unit)
    shown: tuple[Any, ...] = (
        col(Unit.code),
        col(Unit.name),
        col(parent.code),
        col(Stage.code),
        col(Wave.code),
        col(Task.code),
    )
    order = (col(Unit.path), col(Stage.position), col(Wave.position), col(Task.position))
    if asked.scope.sees_units:
        query = select(*shown, *CountedWork(Counter, asked.now).tally_columns()).select_from(Counter).where(asked.units)
        counted: type[Counter | Assignment] = Counter
    else:
        query = select(*shown, *tally_sums(asked.now)).select_from(Assignment).where(asked.branches)
        query = query.join(Branch, col(Branch.id) == Assignment.branch_id)
        counted = Assignment
    return (
        query.join(Unit, col(Unit.id) == counted.unit_id)
        .join(Task, col(Task.id) == counted.task_id)
        .join(Window, col(Window.id) == counted.window_id)
        .join(Stage, col(Stage.id) == Task.stage_id)
        .join(Wave, col(Wave.id) == Window.wave_id)
        .join(parent, col(Unit.parent_id) == parent.id, isouter=True)
        .where(col(Stage.campaign_id) == asked.rulebook.campaign_id)
        .group_by(*shown, *order)
        .order_by(*order)
    )
