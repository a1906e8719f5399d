"""Read pieces of work as pages show them: with the files and the requests that came with them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.house import House
from actions.reading.evidence import EvidenceState, evidence_of
from actions.reading.requests import RequestState, requests_of
from actions.reading.suggestions import Suggestions
from actions.reading.tasks import TaskState, task_state
from actions.rulebook import rulebook_of
from config.definition.text import Text
from config.vocabulary import AssignmentStatus, RequestStatus, WindowStatus
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Campaign, Stage, Task
from models.database import snapshot
from models.scope import EVERYTHING, Scope
from models.window import Window

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class WorkState:
    """A task of a branch in a campaign, whose days are those of `zone`; `suggested` is what its form proposes."""

    campaign: str
    campaign_title: Text
    zone: ZoneInfo
    branch: str
    branch_name: str
    task: TaskState
    evidence: tuple[EvidenceState, ...] = ()
    requests: tuple[RequestState, ...] = ()
    suggested: Suggestions = field(default_factory=dict)

    @property
    def needs_evidence(self) -> bool:
        """Whether it cannot be completed before a file is added."""
        return self.task.spec.evidence and not self.evidence

    @property
    def waiting(self) -> RequestState | None:
        """The request that waits for a decision."""
        return next((request for request in self.requests if request.status is RequestStatus.ASKED), None)


@dataclass(frozen=True, slots=True)
class OpenWork:
    """A page of open work, late first; `open` and `late` count all of it, `next` is what the next page begins after."""

    works: tuple[WorkState, ...]
    open: int
    late: int
    next: int | None


def read_open_work(house: House, *, scope: Scope, now: datetime, after: int | None = None) -> OpenWork:
    """Read the open work of a scope in all campaigns, in the order of the deadlines; `after` is a page's `next`."""
    with snapshot(house.engine) as session:
        late = func.coalesce(func.sum(case((col(Assignment.due_at) <= now, 1), else_=0)), 0)
        counted = (
            select(func.count(), late)
            .select_from(Assignment)
            .join(Branch, col(Branch.id) == Assignment.branch_id)
            .join(Window, col(Window.id) == Assignment.window_id)
            .where(*_is_open(scope))
        )
        number, overdue = session.execute(counted).tuples().one()
        wanted = [*_is_open(scope), *_later_than(session, after)]
        works = _works(session, house, wanted, now, ON_A_PAGE + 1)
        page = works[:ON_A_PAGE]
        return OpenWork(page, int(number), int(overdue), page[-1].task.id if len(works) > ON_A_PAGE else None)


def open_works(session: Session, house: House, branches: Sequence[int], now: datetime) -> tuple[WorkState, ...]:
    """Read all open work of some hundred branches, by their ids, in the order of the deadlines."""
    return _works(session, house, [*_is_open(EVERYTHING), col(Branch.id).in_(branches)], now, None)


def with_files(session: Session, works: Sequence[WorkState]) -> tuple[WorkState, ...]:
    """Add the files and the requests to pieces of work."""
    ids = [work.task.id for work in works]
    evidence, requests = evidence_of(session, ids), requests_of(session, ids)
    return tuple(
        WorkState(
            work.campaign,
            work.campaign_title,
            work.zone,
            work.branch,
            work.branch_name,
            work.task,
            evidence[work.task.id],
            requests[work.task.id],
        )
        for work in works
    )


def _is_open(scope: Scope) -> list[ColumnElement[bool]]:
    return [
        col(Assignment.status) == AssignmentStatus.OPEN,
        col(Window.status) != WindowStatus.PLANNED,
        scope.branches,
    ]


def _later_than(session: Session, after: int | None) -> list[ColumnElement[bool]]:
    due_at = session.scalar(select(col(Assignment.due_at)).where(col(Assignment.id) == after)) if after else None
    if due_at is None:
        return []
    same = and_(col(Assignment.due_at) == due_at, col(Assignment.id) > after)
    return [or_(col(Assignment.due_at) > due_at, same)]


def _works(
    session: Session, house: House, wanted: Sequence[ColumnElement[bool]], now: datetime, most: int | None
) -> tuple[WorkState, ...]:
    query = (
        select(Assignment, col(Branch.code), col(Branch.name), col(Stage.code), col(Task.code), col(Stage.campaign_id))
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Stage, col(Stage.id) == Task.stage_id)
        .join(Window, col(Window.id) == Assignment.window_id)
        .where(*wanted)
        .order_by(col(Assignment.due_at), col(Assignment.id))
        .limit(most)
    )
    rows = session.execute(query).tuples().all()
    campaigns = session.exec(select_rows(Campaign).where(col(Campaign.id).in_({row[-1] for row in rows})))
    rulebooks = {campaign.id: rulebook_of(house, campaign) for campaign in campaigns}
    works = []
    for assignment, branch, name, stage, task, campaign_id in rows:
        rulebook = rulebooks[campaign_id]
        state = task_state(rulebook, assignment, stage, task, {}, now)
        title = rulebook.definition.title
        works.append(WorkState(rulebook.campaign.code, title, rulebook.zone, branch, name, state))
    return with_files(session, works)
