"""Work the deadlines of open work out anew, with the extensions that were granted."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.assignments.counters import recount
from actions.assignments.giving import IdRange, Ids, IdSet, window_days_of
from actions.assignments.locks import hold_stages
from actions.assignments.named import Work
from actions.rulebook import Rulebook
from config.vocabulary import AssignmentStatus
from models.assignment import Assignment, Extension
from models.branch import Branch
from models.campaign import Enrolment, Stage, Task
from models.dialects import table_of
from models.queries import below, windows_of
from models.unit import Unit
from rules.deadlines import due_day, end_of
from rules.extensions import Grant, effective_due


class OpenWork(NamedTuple):
    """An open assignment with what its deadline follows from."""

    id: int
    stage_id: int
    window_id: int
    wave_id: int
    task_id: int
    task: str
    branch_id: int
    unit_id: int
    path: str
    joined_on: date
    due_at: datetime


def retime(
    session: Session,
    rulebook: Rulebook,
    stages: Sequence[Stage],
    *,
    since: datetime,
    within: Unit | Branch | Ids | Work | None = None,
) -> list[int]:
    """Set the deadlines of the open work of stages: of everyone, within a unit, a branch or some enrolments, or of one.

    They are counted anew, and the next reminder is the new deadline's first rung from `since` on. Returns
    the ids of the assignments whose deadlines moved; repeated, none does.
    """
    hold_stages(session, stages)
    grants = {stage.id: _grants(session, rulebook, stage) for stage in stages}
    base = _BaseDeadlines(session, rulebook)
    moved: list[int] = []
    changes: list[dict[str, object]] = []
    touched: defaultdict[int, set[int]] = defaultdict(set)
    for work in _open_work(session, rulebook, stages, within):
        due_at = effective_due(base.of(work), (grant for scope, grant in grants[work.stage_id] if scope.covers(work)))
        if due_at == work.due_at:
            continue
        moved.append(work.id)
        changes.append({"key": work.id, "due": due_at, "next": rulebook.ladder.next_from(due_at, since)})
        touched[work.window_id].add(work.unit_id)
    if moved:
        table = table_of(Assignment)
        statement = update(table).where(table.c.id == bindparam("key"))
        statement = statement.values(due_at=bindparam("due"), next_reminder_at=bindparam("next"))
        session.connection().execute(statement, changes)
    for window_id, unit_ids in sorted(touched.items()):
        recount(session, window_id, sorted(unit_ids))
    return moved


class _Scope(NamedTuple):
    """What an extension is for."""

    wave_id: int | None
    task_id: int | None
    branch_id: int | None
    path: str | None

    def covers(self, work: OpenWork) -> bool:
        if self.wave_id not in (None, work.wave_id) or self.task_id not in (None, work.task_id):
            return False
        return work.path.startswith(self.path) if self.path else work.branch_id == self.branch_id


def _grants(session: Session, rulebook: Rulebook, stage: Stage) -> Sequence[tuple[_Scope, Grant]]:
    query = (
        select_rows(Extension, Unit.path)
        .join(Unit, col(Unit.id) == Extension.unit_id, isouter=True)
        .where(Extension.stage_id == stage.id)
        .order_by(col(Extension.granted_at), col(Extension.id))
    )
    return [
        (
            _Scope(extension.wave_id, extension.task_id, extension.branch_id, path),
            Grant(end_of(extension.until, rulebook.zone), own=extension.branch_id is not None),
        )
        for extension, path in session.exec(query)
    ]


class _BaseDeadlines:
    """The deadlines by the rules alone, each worked out once for a window, a task and a day of joining."""

    def __init__(self, session: Session, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._places = {place.window.id: place for place in windows_of(session, rulebook.campaign)}
        self._known: dict[tuple[int, str, date], datetime] = {}

    def of(self, work: OpenWork) -> datetime:
        key = (work.window_id, work.task, work.joined_on)
        if key not in self._known:
            place = self._places[work.window_id]
            days = window_days_of(place, self._rulebook, work.joined_on)
            task = self._rulebook.definition.stage(place.stage.code).task(work.task)
            day = due_day(task.due, days, self._rulebook.calendar)
            self._known[key] = end_of(day, self._rulebook.zone)
        return self._known[key]


def _open_work(
    session: Session, rulebook: Rulebook, stages: Sequence[Stage], within: Unit | Branch | Ids | Work | None
) -> Sequence[OpenWork]:
    query = (
        select(
            col(Assignment.id),
            col(Task.stage_id),
            col(Assignment.window_id),
            col(Enrolment.wave_id),
            col(Assignment.task_id),
            col(Task.code),
            col(Assignment.branch_id),
            col(Assignment.unit_id),
            col(Unit.path),
            col(Enrolment.joined_on),
            col(Assignment.due_at),
        )
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .join(Enrolment, col(Enrolment.branch_id) == Assignment.branch_id)
        .where(
            col(Task.stage_id).in_([stage.id for stage in stages]),
            col(Enrolment.campaign_id) == rulebook.campaign_id,
            col(Assignment.status) == AssignmentStatus.OPEN,
        )
        .order_by(col(Assignment.id))
        .with_for_update(of=table_of(Assignment))
    )
    match within:
        case Branch():
            query = query.where(col(Assignment.branch_id) == within.id)
        case Unit():
            query = query.where(below(within))
        case Work():
            query = query.where(col(Assignment.id) == within.id)
        case IdRange() | IdSet():
            query = query.where(within.hold(col(Enrolment.id)))
    return [OpenWork(*row) for row in session.execute(query)]
