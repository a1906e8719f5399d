"""Read assignments one by one or page by page: what programs list and change."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.assignments.locks import hold_stage_of
from actions.house import House
from actions.reading.pages import Page, page_of
from actions.reading.tasks import TaskState, task_state
from actions.rulebook import Rulebook, rulebook_of
from config.errors import Unknown
from config.vocabulary import AssignmentStatus, Standing, WindowStatus
from models.assignment import Assignment, FigureValue
from models.branch import Branch
from models.campaign import Campaign, Stage, Task
from models.database import snapshot
from models.dialects import table_of
from models.officer import Officer
from models.queries import below, find_branch, find_campaign, find_unit
from models.scope import EVERYTHING, Scope
from models.unit import Unit
from models.window import Window
from rules.standing import deadlines_of

_SETTLED = {Standing.DONE: AssignmentStatus.DONE, Standing.WAIVED: AssignmentStatus.WAIVED}


@dataclass(frozen=True, slots=True)
class AssignmentState:
    """One task of one branch: `number` is what programs call it by, `unit` is where it counts.

    `officer` is who answers for the branch now.
    """

    number: int
    campaign: str
    branch: str
    branch_name: str
    unit: str
    unit_name: str
    officer: str | None
    state: TaskState


@dataclass(frozen=True, slots=True)
class AssignmentFilter:
    """Which assignments are asked for; what is None lets all through.

    `unit` takes those that count for the unit and all below it. Deadlines are taken from `due_after` on, and
    before `due_before`.
    """

    campaign: str | None = None
    unit: str | None = None
    branch: str | None = None
    stage: str | None = None
    task: str | None = None
    status: AssignmentStatus | None = None
    standing: Standing | None = None
    due_after: datetime | None = None
    due_before: datetime | None = None


def read_assignments(
    house: House,
    wanted: AssignmentFilter = AssignmentFilter(),
    *,
    now: datetime,
    limit: int,
    later_than: int = 0,
    scope: Scope = EVERYTHING,
) -> Page[AssignmentState]:
    """Read at most `limit` assignments of windows that have opened, by their numbers; standing as of `now`.

    `later_than` is the number where a page ended: what is there from the first page to the last comes once,
    whatever is written meanwhile. Raises Unknown for a campaign, a unit or a branch that is not there, or
    not inside the scope.
    """
    with snapshot(house.engine) as session:
        books = _Rulebooks(session, house)
        query = _narrowed(session, books, _select(scope), wanted, now, scope).where(col(Assignment.id) > later_than)
        rows = session.execute(query.order_by(col(Assignment.id)).limit(limit + 1)).all()
        return page_of(_states(session, books, rows, now), limit, lambda assignment: assignment.number)


def read_assignment(
    house: House,
    number: int,
    *,
    now: datetime,
    scope: Scope = EVERYTHING,
    to_write: bool = False,
    to_count_anew: bool = False,
) -> AssignmentState:
    """Read one assignment; Unknown when there is none of that number inside the scope, or its window has not opened.

    `to_write`, within a joint transaction: nobody else changes it before that has ended; `to_count_anew`: by a change
    that needs its window too, and has to take that first.
    """
    with snapshot(house.engine) as session:
        query = _select(scope).where(col(Assignment.id) == number)
        if to_count_anew:
            hold_stage_of(session, number)
        if to_write:
            query = query.with_for_update(of=table_of(Assignment))
        found = list(_states(session, _Rulebooks(session, house), session.execute(query).all(), now))
        if not found:
            raise Unknown("assignment {number}: there is none of this number", number=number)
        return found[0]


class _Rulebooks:
    """The campaigns' rules, each read once."""

    def __init__(self, session: Session, house: House) -> None:
        self._session, self._house = session, house
        self._read: dict[int, Rulebook] = {}

    def of(self, campaign: Campaign) -> Rulebook:
        if campaign.id not in self._read:
            self._read[campaign.id] = rulebook_of(self._house, campaign)
        return self._read[campaign.id]

    def all(self) -> list[Rulebook]:
        return [self.of(campaign) for campaign in self._session.exec(select_rows(Campaign).order_by(col(Campaign.id)))]


def _select(scope: Scope) -> Select[Any]:
    return (
        select(
            Assignment,
            Campaign,
            col(Branch.code),
            col(Branch.name),
            col(Unit.code),
            col(Unit.name),
            col(Officer.code),
            col(Stage.code),
            col(Task.code),
        )
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Stage, col(Stage.id) == Task.stage_id)
        .join(Campaign, col(Campaign.id) == Stage.campaign_id)
        .join(Window, col(Window.id) == Assignment.window_id)
        .join(Officer, col(Officer.id) == Branch.officer_id, isouter=True)
        .where(col(Window.status) != WindowStatus.PLANNED, scope.branches)
    )


def _narrowed(
    session: Session, books: _Rulebooks, query: Select[Any], wanted: AssignmentFilter, now: datetime, scope: Scope
) -> Select[Any]:
    equal = (
        (col(Stage.code), wanted.stage),
        (col(Task.code), wanted.task),
        (col(Assignment.status), wanted.status),
    )
    conditions: list[ColumnElement[bool]] = [column == value for column, value in equal if value is not None]
    if wanted.campaign is not None:
        conditions.append(col(Stage.campaign_id) == find_campaign(session, wanted.campaign).id)
    if wanted.unit is not None:
        inside = select(col(Unit.id)).where(below(find_unit(session, wanted.unit, scope)))
        conditions.append(col(Assignment.unit_id).in_(inside))
    if wanted.branch is not None:
        conditions.append(col(Assignment.branch_id) == find_branch(session, wanted.branch, scope).id)
    if wanted.standing is not None:
        conditions.append(_stands(wanted.standing, books, now))
    if wanted.due_after is not None:
        conditions.append(col(Assignment.due_at) >= wanted.due_after)
    if wanted.due_before is not None:
        conditions.append(col(Assignment.due_at) < wanted.due_before)
    return query.where(*conditions)


def _stands(standing: Standing, books: _Rulebooks, now: datetime) -> ColumnElement[bool]:
    """Select the work of a standing: settled by its status, open by its deadline and each campaign's days."""
    if standing in _SETTLED:
        return col(Assignment.status) == _SETTLED[standing]
    deadlines = []
    for book in books.all():
        between = deadlines_of(standing, now, book.zone, book.calendar)
        bounds = [col(Stage.campaign_id) == book.campaign_id]
        if between.after is not None:
            bounds.append(col(Assignment.due_at) > between.after)
        if between.through is not None:
            bounds.append(col(Assignment.due_at) <= between.through)
        deadlines.append(and_(*bounds))
    return and_(col(Assignment.status) == AssignmentStatus.OPEN, or_(false(), *deadlines))


def _states(session: Session, books: _Rulebooks, rows: Sequence[Any], now: datetime) -> Sequence[AssignmentState]:
    values = figures_of(session, [row[0].id for row in rows])
    found = []
    for assignment, campaign, branch, branch_name, unit, unit_name, officer, stage, task in rows:
        state = task_state(books.of(campaign), assignment, stage, task, values.get(assignment.id, {}), now)
        found.append(
            AssignmentState(assignment.id, campaign.code, branch, branch_name, unit, unit_name, officer, state)
        )
    return found


def figures_of(session: Session, assignments: Sequence[int]) -> Mapping[int, Mapping[str, int]]:
    """Return the figures of some hundred assignments, by their ids, in the smallest steps of their kinds."""
    query = select(col(FigureValue.assignment_id), col(FigureValue.code), col(FigureValue.value))
    values: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for key, code, value in session.execute(query.where(col(FigureValue.assignment_id).in_(assignments))).tuples():
        values[key][code] = value
    return values
