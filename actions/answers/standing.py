"""Read how the work of a form stands now, locked, and who brought it there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from actions.answers.judging import Contradiction, Difference, Stands
from actions.assignments.figures import in_units
from actions.assignments.named import Named, Work, lock_what_is_there
from actions.reading.assignments import figures_of
from actions.rulebook import Rulebook
from config.errors import Refusal
from config.vocabulary import AssignmentStatus, EventKind
from models.dialects import in_chunks
from models.event import Event
from models.scope import Scope
from sheets.answers.filled import FilledRow

_SETTLING = (EventKind.ASSIGNMENT_COMPLETED, EventKind.ASSIGNMENT_WAIVED, EventKind.ASSIGNMENT_REOPENED)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row that says something else than what stands: how the work stands, who brought it there, and when."""

    row: FilledRow
    branch: str
    stage: str
    task: str
    status: AssignmentStatus
    who: str | None
    at: datetime | None
    differences: tuple[Difference, ...]


def lock_standing(
    session: Session, rulebook: Rulebook, rows: Sequence[FilledRow], scope: Scope
) -> Mapping[tuple[str, str], Stands | Refusal]:
    """Read the work that rows speak of, by branch and task, so that nobody else changes it in this transaction."""
    names = [Named(row.branch, row.task, scope) for row in rows]
    found = lock_what_is_there(session, rulebook, names)
    settled = [work.id for work in found.values() if isinstance(work, Work) and work.status is AssignmentStatus.DONE]
    steps: dict[int, Mapping[str, int]] = {}
    for run in in_chunks(settled):
        steps.update(figures_of(session, run))
    return {
        (name.branch, name.task): work if isinstance(work, Refusal) else _stands(rulebook, work, steps.get(work.id, {}))
        for name, work in found.items()
    }


def conflict_of(session: Session, rulebook: Rulebook, found: Contradiction) -> Conflict:
    """Say of a row that contradicts how the work stands, by whom and since when."""
    work = found.stands.work
    who, at = work.done_by, work.done_at
    if work.status is not AssignmentStatus.DONE:
        who, at = _last_change(session, rulebook, work)
    return Conflict(found.row, work.branch, work.stage, work.task, work.status, who, at, found.differences)


def _stands(rulebook: Rulebook, work: Work, steps: Mapping[str, int]) -> Stands:
    spec = rulebook.definition.stage(work.stage).task(work.task)
    figures = {figure.code: in_units(figure, steps[figure.code]) for figure in spec.figures if figure.code in steps}
    return Stands(work, spec, figures)


def _last_change(session: Session, rulebook: Rulebook, work: Work) -> tuple[str | None, datetime | None]:
    query = (
        select(col(Event.actor), col(Event.at))
        .where(
            col(Event.campaign_id) == rulebook.campaign_id,
            col(Event.branch_id) == work.branch_id,
            col(Event.subject) == work.label,
            col(Event.kind).in_(_SETTLING),
        )
        .order_by(col(Event.id).desc())
        .limit(1)
    )
    row = session.execute(query).tuples().one_or_none()
    return row or (None, None)
