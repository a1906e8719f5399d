"""Work as lists: every task of every branch with its figures, and what of it is overdue, with whom to call."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import col

from actions.assignments.figures import in_units
from actions.reading.assignments import figures_of
from actions.reading.lists.asked import Asked
from config.definition.schema import Definition, FigureSpec
from config.vocabulary import AssignmentStatus, FigureKind, WindowStatus
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Stage, Task, Wave
from models.dialects import in_chunks
from models.officer import Officer
from models.unit import Unit
from models.window import Window
from rules.deadlines import last_allowed_day, local_day
from sheets.lists.table import Cell, Column, Kind, column

_PLACE = (
    column("unit_code", "单位编码", "Unit code"),
    column("unit_name", "单位", "Unit", width=20),
    column("branch_code", "支部编码", "Branch code"),
    column("branch_name", "支部", "Branch", width=30),
)
_WORK = (
    column("stage", "阶段编码", "Stage code"),
    column("stage_title", "阶段", "Stage", width=16),
    column("task", "任务编码", "Task code"),
    column("task_title", "任务", "Task", width=28),
    column("last_day", "截止日", "Last day", Kind.DAY, 12),
)
_FIGURES = {FigureKind.COUNT: Kind.WHOLE, FigureKind.AMOUNT: Kind.AMOUNT}
OVERDUE_COLUMNS = (
    *_PLACE,
    *_WORK,
    column("days_late", "逾期天数", "Days late", Kind.WHOLE, 10),
    column("leader", "负责人", "Leader", width=20),
    column("phone", "电话", "Phone", width=16),
    column("officer_code", "联络员编码", "Officer code"),
    column("officer_name", "联络员", "Liaison officer", width=20),
    column("officer_phone", "联络员电话", "Officer's phone", width=16),
)


def assignment_columns(definition: Definition) -> tuple[Column, ...]:
    """Return the columns of work; each figure of the campaign has one."""
    return (
        column("number", "序号", "Number", Kind.WHOLE, 10),
        *_PLACE,
        *_WORK,
        column("wave", "批次", "Wave", width=10),
        column("status", "状态", "Status", Kind.WORD, 10),
        column("is_late", "是否逾期", "Late", Kind.YES, 10),
        column("done_at", "办结时间", "Done at", Kind.MOMENT, 18),
        column("done_by", "办理人", "Done by", width=16),
        column("note", "备注", "Note", width=30),
        *(
            Column(f"figure_{figure.code}", figure.title, _FIGURES[figure.kind])
            for figure in _figures(definition).values()
        ),
    )


def read_assignment_rows(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    """Read every piece of work in windows that have opened, late as of now."""
    figures = _figures(asked.rulebook.definition)
    of_work = _describer(asked)
    query = _select(
        asked,
        col(Assignment.id),
        col(Wave.code),
        col(Assignment.status),
        col(Assignment.done_at),
        col(Assignment.done_by),
        col(Assignment.note),
    ).join(Wave, col(Wave.id) == Window.wave_id)
    for run in asked.runs(query.order_by(col(Assignment.id))):
        values: dict[int, Any] = {}
        for ids in in_chunks([row[7] for row in run if row[9] is AssignmentStatus.DONE]):
            values.update(figures_of(asked.session, ids))
        for (
            unit,
            unit_name,
            branch,
            branch_name,
            stage,
            task,
            due_at,
            number,
            wave,
            status,
            done_at,
            done_by,
            note,
        ) in run:
            steps = values.get(number, {})
            yield (
                number,
                unit,
                unit_name,
                branch,
                branch_name,
                *of_work(stage, task, due_at),
                wave,
                status,
                _is_late(status, done_at, due_at, asked.now),
                done_at,
                done_by,
                note,
                *(in_units(spec, steps[code]) if code in steps else None for code, spec in figures.items()),
            )


def read_overdue_rows(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    """Read what is overdue, the longest first, with whom to call."""
    of_work, today = _describer(asked), local_day(asked.now, asked.zone)
    query = _select(
        asked,
        col(Branch.leader),
        col(Branch.phone),
        col(Officer.code),
        col(Officer.name),
        col(Officer.phone),
    ).join(Officer, col(Officer.id) == Branch.officer_id, isouter=True)
    query = query.where(col(Assignment.status) == AssignmentStatus.OPEN, col(Assignment.due_at) <= asked.now)
    order = (col(Assignment.due_at), col(Unit.path), col(Branch.code), col(Assignment.id))
    for *place, stage, task, due_at, leader, phone, officer, name, officer_phone in asked.stream(
        query.order_by(*order)
    ):
        work = of_work(stage, task, due_at)
        late = (today - last_allowed_day(due_at, asked.zone)).days
        yield (*place, *work, late, leader, asked.opened(phone), officer, name, asked.opened(officer_phone))


def _select(asked: Asked, *columns: Any) -> Select[Any]:
    """Select, after whose work it is and which, some columns of it."""
    return (
        select(
            col(Unit.code),
            col(Unit.name),
            col(Branch.code),
            col(Branch.name),
            col(Stage.code),
            col(Task.code),
            col(Assignment.due_at),
            *columns,
        )
        .select_from(Assignment)
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Stage, col(Stage.id) == Task.stage_id)
        .join(Window, col(Window.id) == Assignment.window_id)
        .where(
            col(Stage.campaign_id) == asked.rulebook.campaign_id,
            col(Window.status) != WindowStatus.PLANNED,
            asked.branches,
        )
    )


def _describer(asked: Asked) -> Any:
    """Return what says in cells which work it is; the few kinds that there are, it says once."""
    definition, zone = asked.rulebook.definition, asked.zone

    @cache
    def describe(stage: str, task: str, due_at: datetime) -> tuple[Cell, ...]:
        spec = definition.stage(stage)
        return stage, spec.title, task, spec.task(task).title, last_allowed_day(due_at, zone)

    return describe


def _is_late(status: AssignmentStatus, done_at: datetime | None, due_at: datetime, now: datetime) -> bool:
    """Tell whether it was done at or after its deadline, or is open past it."""
    return status is not AssignmentStatus.WAIVED and (done_at or now) >= due_at


def _figures(definition: Definition) -> dict[str, FigureSpec]:
    """Return the figures of a campaign by their codes: the same code is the same figure in every task."""
    found: dict[str, FigureSpec] = {}
    for stage in definition.stages:
        for task in stage.tasks:
            for figure in task.figures:
                found.setdefault(figure.code, figure)
    return found
