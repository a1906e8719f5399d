"""An extension that was asked for, read to be decided."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.house import House
from actions.rulebook import Rulebook, rulebook_of
from config.errors import Stale, Unknown
from config.vocabulary import RequestStatus
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Campaign, Stage, Task
from models.request import ExtensionRequest
from models.scope import Scope


class Asked(NamedTuple):
    """A request that waits, with the work it is about."""

    request: ExtensionRequest
    work: Assignment
    branch: Branch
    task: Task
    stage: Stage
    rulebook: Rulebook

    @property
    def label(self) -> str:
        """Name the work the way the audit does."""
        return f"{self.branch.code} {self.stage.code}/{self.task.code}"


def lock_request(session: Session, house: House, number: int, scope: Scope) -> Asked:
    """Read a request so that nobody else decides it in this transaction.

    Raises Unknown when it is not there or not in the scope, and Stale when it was decided or withdrawn already.
    """
    request = session.exec(
        select_rows(ExtensionRequest).where(ExtensionRequest.id == number).with_for_update()
    ).one_or_none()
    query = (
        select(Assignment, Branch, Task, Stage, Campaign)
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Stage, col(Stage.id) == Task.stage_id)
        .join(Campaign, col(Campaign.id) == Stage.campaign_id)
        .where(col(Assignment.id) == (request.assignment_id if request else None), scope.branches)
    )
    found = session.execute(query).tuples().one_or_none()
    if request is None or found is None:
        raise Unknown("request {number}: there is none of this number", number=number)
    if request.status is not RequestStatus.ASKED:
        raise Stale(
            "request {number}: was decided already, by {who}; nothing was changed",
            number=number,
            who=request.decided_by,
        )
    work, branch, task, stage, campaign = found
    return Asked(request, work, branch, task, stage, rulebook_of(house, campaign))


def settle(
    session: Session, asked: Asked, status: RequestStatus, *, answer: str | None, actor: str, now: datetime
) -> None:
    """Write what became of a request."""
    request = asked.request
    request.status, request.answer = status, answer
    request.decided_at, request.decided_by = now, actor
    session.add(request)
    session.flush()
