"""Extend: grant a branch or a unit a later deadline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from actions.assignments.deadlines import retime
from actions.events import event_row, record
from actions.house import House
from actions.reminders.extensions import tell_of_extension
from actions.rulebook import Rulebook, open_rulebook
from config.errors import Refusal, Unknown
from config.vocabulary import AT_WORK, EventKind, WindowStatus
from models.assignment import Extension
from models.branch import Branch
from models.campaign import Enrolment, Stage, Task
from models.database import transaction
from models.queries import below, find_branch, find_stage, find_task, find_unit, windows_of
from models.scope import EVERYTHING, Scope
from models.unit import Unit
from models.window import Window


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: a later last day, for a branch or a unit, in a task, a stage, or all open work."""

    until: date
    reason: str
    branch: str | None = None
    unit: str | None = None
    stage: str | None = None
    task: str | None = None


class Granted(NamedTuple):
    """What came of an extension: the deadlines that moved, and the messages that tell of it, one for each officer."""

    moved: int
    told: int


def extend(
    house: House, campaign: str, request: Request, *, actor: str, now: datetime, scope: Scope = EVERYTHING
) -> Granted:
    """Grant an extension and return what came of it, in all waves together.

    The latest decision counts, except that a unit's never shortens a branch's own. Reminders planned for
    the old deadlines are taken off at once, and the liaison officers whose work moved are told of the new
    ones in a message of its own, in the next send window. A stage that is not open yet keeps the grant
    until it opens, and nobody is told before. Problems keep their days. Raises Refusal for names that are
    unknown, or outside the scope, and when no deadline would be later.
    """
    with transaction(house.engine) as session:
        return grant(session, open_rulebook(session, house, campaign), request, actor=actor, now=now, scope=scope)


def grant(
    session: Session, rulebook: Rulebook, request: Request, *, actor: str, now: datetime, scope: Scope = EVERYTHING
) -> Granted:
    """Grant an extension in an open transaction, as `extend` does."""
    within = (
        find_branch(session, request.branch, scope) if request.branch else find_unit(session, request.unit or "", scope)
    )
    if not rulebook.calendar.first <= request.until <= rulebook.calendar.last:
        raise Refusal(
            "until {until}: outside the calendar, which ends on {last}",
            until=request.until,
            last=rulebook.calendar.last,
        )
    stages, task = _scope(session, rulebook, request, within)
    extensions: list[int] = []
    moved: list[int] = []
    for stage in stages:
        extensions.append(_grant(session, stage, task, within, request, actor, now))
        moved += retime(session, rulebook, stage, since=now, within=within)
    if not moved and not _is_ahead(session, stages, within):
        raise Refusal(
            "{code}: no open deadline in {stages} is earlier than {until}",
            code=within.code,
            stages=", ".join(stage.code for stage in stages),
            until=request.until,
        )
    told = tell_of_extension(session, rulebook, extensions[0], moved, actor=actor, now=now)
    granted = event_row(
        EventKind.EXTENSION_GRANTED,
        "/".join(filter(None, [within.code, request.stage, request.task])),
        at=now,
        actor=actor,
        campaign_id=rulebook.campaign_id,
        branch_id=within.id if isinstance(within, Branch) else None,
        after={
            "until": request.until,
            "stages": [stage.code for stage in stages],
            "moved": len(moved),
            "told": told,
        },
        reason=request.reason,
    )
    record(session, granted)
    return Granted(len(moved), told)


def _scope(
    session: Session, rulebook: Rulebook, request: Request, within: Unit | Branch
) -> tuple[Sequence[Stage], Task | None]:
    campaign = rulebook.campaign
    if isinstance(within, Branch):
        enrolled = select(Enrolment).where(Enrolment.campaign_id == campaign.id, Enrolment.branch_id == within.id)
        if session.exec(enrolled).one_or_none() is None:
            raise Unknown("branch {code}: not in campaign {campaign}", code=within.code, campaign=campaign.code)
    if request.task:
        stage, task = find_task(session, campaign, request.task)
        if request.stage not in (None, stage.code):
            raise Refusal("task {task}: not in stage {stage}", task=request.task, stage=request.stage)
        return [stage], task
    if request.stage:
        return [find_stage(session, campaign, request.stage)], None
    running = (place.stage for place in windows_of(session, campaign) if place.window.status in AT_WORK)
    stages = list({stage.id: stage for stage in running}.values())
    if not stages:
        raise Refusal(
            "campaign {campaign}: no stage is open; name the stage or the task to extend", campaign=campaign.code
        )
    return stages, None


def _grant(
    session: Session,
    stage: Stage,
    task: Task | None,
    within: Unit | Branch,
    request: Request,
    actor: str,
    now: datetime,
) -> int:
    extension = Extension(
        stage_id=stage.id,
        task_id=task.id if task else None,
        branch_id=within.id if isinstance(within, Branch) else None,
        unit_id=within.id if isinstance(within, Unit) else None,
        until=request.until,
        reason=request.reason,
        granted_at=now,
        granted_by=actor,
    )
    session.add(extension)
    session.flush()
    return extension.id


def _is_ahead(session: Session, stages: Sequence[Stage], within: Unit | Branch) -> bool:
    """Tell whether a window that these branches take part in is still to open: the grant is kept for it."""
    planned = (
        select(Window.id)
        .join(Enrolment, col(Enrolment.wave_id) == Window.wave_id)
        .join(Branch, col(Branch.id) == Enrolment.branch_id)
        .join(Unit, col(Unit.id) == Branch.unit_id)
        .where(
            col(Window.stage_id).in_([stage.id for stage in stages]),
            Window.status == WindowStatus.PLANNED,
            below(within) if isinstance(within, Unit) else Branch.id == within.id,
        )
    )
    return session.exec(planned.limit(1)).first() is not None
