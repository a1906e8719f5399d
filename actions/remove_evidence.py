"""Remove evidence that was added by mistake."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from actions.events import event_row, record
from actions.evidence.store import Store
from actions.house import House
from config.errors import Refusal, Unknown
from config.vocabulary import AssignmentStatus, EventKind
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Stage, Task
from models.database import transaction
from models.dialects import table_of
from models.evidence import Evidence
from models.scope import EVERYTHING, Scope


def remove_evidence(house: House, number: int, *, actor: str, now: datetime, scope: Scope = EVERYTHING) -> bool:
    """Take a file from open work, row first and then bytes; return whether this call did it.

    The record keeps its name and digest. Raises Unknown for a number that is not there or not in the scope, and
    Refusal when the work is done or waived: the answer rests on it.
    """
    query = (
        select(Evidence, Assignment, Branch, Stage, Task)
        .join(Assignment, col(Assignment.id) == Evidence.assignment_id)
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Stage, col(Stage.id) == Task.stage_id)
        .where(col(Evidence.id) == number, scope.branches)
        .with_for_update(of=(table_of(Evidence), table_of(Assignment)))
    )
    with transaction(house.engine) as session:
        found = session.execute(query).tuples().one_or_none()
        if found is None:
            raise Unknown("evidence {number}: there is none of this number", number=number)
        evidence, work, branch, stage, task = found
        label = f"{branch.code} {stage.code}/{task.code}"
        if evidence.removed_at is not None:
            return False
        if work.status is not AssignmentStatus.OPEN:
            raise Refusal("{work}: is settled; reopen it before evidence is removed", work=label)
        evidence.removed_at, evidence.removed_by = now, actor
        session.add(evidence)
        removed = event_row(
            EventKind.EVIDENCE_REMOVED,
            label,
            at=now,
            actor=actor,
            campaign_id=stage.campaign_id,
            branch_id=branch.id,
            before={"number": evidence.id, "name": evidence.name, "digest": evidence.digest},
        )
        record(session, removed)
    Store(house.settings.evidence_place).remove(evidence.place)
    return True
