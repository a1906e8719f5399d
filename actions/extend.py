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
from models.campaign import Enrolment, Stage, Task, Wave
from models.database import transaction
from models.queries import below, find_branch, find_stage, find_task, find_unit, find_wave, windows_of
from models.scope import EVERYTHING, Scope
from models.unit import Unit
from models.window import Window


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: a later last day, for a branch or a unit, in a task, a stage, or all open work.

    It holds in one wave where that is named, otherwise in all of them.
    """

    until: date
    reason: str
    branch: str | None = None
    unit: str | None = None
    stage: str | None = None
    task: str | None = None
    wave: str | None = None


class Granted(NamedTuple):
    """What came of an extension: the deadlines that moved, and the messages that tell of it, one for each officer."""

    moved: int
    told: int


def extend(
    house: House, campaign: str, request: Request, *, actor: str, now: datetime, scope: Scope = EVERYTHING
) -> Granted:
    """Grant an extension and return what came of it, in all waves that it holds for together.

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
    wave = _wave(session, rulebook, request, within)
    stages, task = _scope(session, rulebook, request, wave)
    extensions = [_grant(session, stage, task, wave, within, request, actor, now) for stage in stages]
    moved = retime(session, rulebook, stages, since=now, within=within)
    places = [f"{stage.code}/{wave.code}" if wave else stage.code for stage in stages]
    if not moved and not _is_ahead(session, stages, wave, within):
        raise Refusal(
            "{code}: no open deadline in {stages} is earlier than {until}",
            code=within.code,
            stages=", ".join(places),
            until=request.until,
        )
    told = tell_of_extension(session, rulebook, extensions[0], moved, actor=actor, now=now)
    granted = event_row(
        EventKind.EXTENSION_GRANTED,
        "/".join(filter(None, [within.code, request.stage, request.wave, request.task])),
        at=now,
        actor=actor,
        campaign_id=rulebook.campaign_id,
        branch_id=within.id if isinstance(within, Branch) else None,
        after={
            "until": request.until,
            "stages": places,
            "moved": len(moved),
            "told": told,
        },
        reason=request.reason,
    )
    record(session, granted)
    return Granted(len(moved), told)


def _wave(session: Session, rulebook: Rulebook, request: Request, within: Unit | Branch) -> Wave | None:
    """Return the one wave that is asked for; Unknown where there is none such, or the branch is not in it."""
    campaign = rulebook.campaign
    wave = find_wave(session, campaign, request.wave) if request.wave else None
    if isinstance(within, Branch):
        part = (
            select(Wave)
            .join(Enrolment, col(Enrolment.wave_id) == Wave.id)
            .where(Enrolment.campaign_id == campaign.id, Enrolment.branch_id == within.id)
        )
        own = session.exec(part).one_or_none()
        if own is None:
            raise Unknown("branch {code}: not in campaign {campaign}", code=within.code, campaign=campaign.code)
        if wave and own.id != wave.id:
            raise Unknown("branch {code}: in wave {own}, not in {wave}", code=within.code, own=own.code, wave=wave.code)
    return wave


def _scope(
    session: Session, rulebook: Rulebook, request: Request, wave: Wave | None
) -> tuple[Sequence[Stage], Task | None]:
    campaign = rulebook.campaign
    if request.task:
        stage, task = find_task(session, campaign, request.task)
        if request.stage not in (None, stage.code):
            raise Refusal("task {task}: not in stage {stage}", task=request.task, stage=request.stage)
        return [stage], task
    if request.stage:
        return [find_stage(session, campaign, request.stage)], None
    running = (
        place.stage
        for place in windows_of(session, campaign)
        if place.window.status in AT_WORK and (wave is None or place.wave.id == wave.id)
    )
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
    wave: Wave | None,
    within: Unit | Branch,
    request: Request,
    actor: str,
    now: datetime,
) -> int:
    extension = Extension(
        stage_id=stage.id,
        task_id=task.id if task else None,
        wave_id=wave.id if wave else None,
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


def _is_ahead(session: Session, stages: Sequence[Stage], wave: Wave | None, within: Unit | Branch) -> bool:
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
    if wave is not None:
        planned = planned.where(Window.wave_id == wave.id)
    return session.exec(planned.limit(1)).first() is not None
