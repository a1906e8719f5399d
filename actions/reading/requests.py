"""Read the extensions that branches asked for."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.house import House
from actions.rulebook import parse_definition
from config.definition.text import Text
from config.vocabulary import AssignmentStatus, RequestStatus
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Campaign, Stage, Task
from models.database import snapshot
from models.request import ExtensionRequest
from models.scope import EVERYTHING, Scope
from rules.deadlines import last_allowed_day

DECIDED_SHOWN = 50
"""How many of the decided are read, the latest first; those that wait are all read."""


@dataclass(frozen=True, slots=True)
class RequestState:
    """A request by its number, with what became of it."""

    number: int
    until: date
    reason: str
    status: RequestStatus
    asked_at: datetime
    asked_by: str
    decided_at: datetime | None
    decided_by: str | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class BranchRequest:
    """A request with the work that it is about; `last_day` is the last allowed day as it is now."""

    request: RequestState
    campaign: str
    campaign_title: Text
    zone: ZoneInfo
    branch: str
    branch_name: str
    stage: str
    task: str
    title: Text
    last_day: date
    work: AssignmentStatus


def read_requests(
    house: House, *, scope: Scope = EVERYTHING, campaign: str | None = None
) -> tuple[tuple[BranchRequest, ...], tuple[BranchRequest, ...]]:
    """Read the requests that wait, the oldest first, and those that were settled last, the latest first."""
    with snapshot(house.engine) as session:
        waits = col(ExtensionRequest.status) == RequestStatus.ASKED
        query = (
            select(ExtensionRequest, Assignment, Branch, Task, Stage, Campaign)
            .join(Assignment, col(Assignment.id) == ExtensionRequest.assignment_id)
            .join(Branch, col(Branch.id) == Assignment.branch_id)
            .join(Task, col(Task.id) == Assignment.task_id)
            .join(Stage, col(Stage.id) == Task.stage_id)
            .join(Campaign, col(Campaign.id) == Stage.campaign_id)
            .where(scope.branches)
        )
        if campaign is not None:
            query = query.where(col(Campaign.code) == campaign)
        waiting = session.execute(query.where(waits).order_by(col(ExtensionRequest.asked_at), col(ExtensionRequest.id)))
        settled = session.execute(
            query.where(~waits)
            .order_by(col(ExtensionRequest.decided_at).desc(), col(ExtensionRequest.id).desc())
            .limit(DECIDED_SHOWN)
        )
        return tuple(_with_work(*row) for row in waiting.tuples()), tuple(_with_work(*row) for row in settled.tuples())


def requests_of(session: Session, works: Sequence[int]) -> defaultdict[int, tuple[RequestState, ...]]:
    """Read the requests about work by the assignments' ids, the latest first."""
    query = (
        select_rows(ExtensionRequest)
        .where(col(ExtensionRequest.assignment_id).in_(works))
        .order_by(col(ExtensionRequest.id).desc())
    )
    found: defaultdict[int, tuple[RequestState, ...]] = defaultdict(tuple)
    for request in session.exec(query):
        found[request.assignment_id] += (_state(request),)
    return found


def _with_work(
    request: ExtensionRequest, work: Assignment, branch: Branch, task: Task, stage: Stage, campaign: Campaign
) -> BranchRequest:
    definition = parse_definition(campaign.definition)
    return BranchRequest(
        request=_state(request),
        campaign=campaign.code,
        campaign_title=definition.title,
        zone=definition.zone,
        branch=branch.code,
        branch_name=branch.name,
        stage=stage.code,
        task=task.code,
        title=definition.stage(stage.code).task(task.code).title,
        last_day=last_allowed_day(work.due_at, definition.zone),
        work=work.status,
    )


def _state(request: ExtensionRequest) -> RequestState:
    return RequestState(
        number=request.id,
        until=request.until,
        reason=request.reason,
        status=request.status,
        asked_at=request.asked_at,
        asked_by=request.asked_by,
        decided_at=request.decided_at,
        decided_by=request.decided_by,
        answer=request.answer,
    )
