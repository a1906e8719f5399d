"""Find the stages that have something to do: the patrol's one look at the tables."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import Session, col

from actions.house import House
from actions.reminders.due_work import is_due
from config.vocabulary import AT_WORK, CampaignStatus, StageKind, WindowStatus
from models.assignment import Assignment
from models.campaign import Campaign, Stage, Task, Wave
from models.database import snapshot
from models.problem import Problem
from models.queries import find_campaign, find_window
from models.window import Window


@dataclass(frozen=True, slots=True)
class StageCall:
    """A stage with something to do, in plain values; `waves` are those whose windows it is about."""

    campaign: str
    stage: str
    kind: StageKind
    waves: tuple[str, ...]


def find_work(house: House, *, now: datetime) -> dict[str, tuple[StageCall, ...]]:
    """Return what there is to do by now: the calls, stage by stage, of each campaign that runs or is still chased.

    Reads small tables and partial indexes: its cost follows what is due, not what exists.
    """
    with snapshot(house.engine) as session:
        running = select(col(Campaign.code)).where(col(Campaign.status) == CampaignStatus.RUNNING)
        calls: defaultdict[str, list[StageCall]] = defaultdict(list)
        for code in session.scalars(running.order_by(col(Campaign.id))):
            calls[code] = []
        for call in stage_calls(session, _acts_or_is_chased(session, now)):
            calls[call.campaign].append(call)
        return {code: tuple(found) for code, found in calls.items()}


def find_gate_to_try(house: House, campaign: str, window: str, *, now: datetime) -> StageCall | None:
    """Return the call of a window named `stage/wave` whose gate is to be tried by now; None when it is not.

    Unknown for a campaign or a window that is not there.
    """
    with snapshot(house.engine) as session:
        place = find_window(session, find_campaign(session, campaign), window)
        return next(iter(stage_calls(session, and_(col(Window.id) == place.window.id, to_close(now)))), None)


def to_open(now: datetime) -> ColumnElement[bool]:
    """Select the windows whose day has come; one that awaits another stage has no day yet."""
    return and_(
        col(Window.status) == WindowStatus.PLANNED, col(Window.awaits_id).is_(None), col(Window.opens_at) <= now
    )


def to_announce() -> ColumnElement[bool]:
    """Select the windows that have opened and were not announced: mostly a patrol died in between."""
    return and_(col(Window.status).in_(AT_WORK), col(Window.announced_at).is_(None))


def to_check(now: datetime) -> ColumnElement[bool]:
    """Select the windows whose pace is to be checked."""
    return and_(col(Window.status).in_(AT_WORK), col(Window.checked_at).is_(None), col(Window.check_at) <= now)


def to_close(now: datetime) -> ColumnElement[bool]:
    """Select the windows whose gate is to be tried."""
    return and_(col(Window.status).in_(AT_WORK), col(Window.closes_at) <= now)


def stage_calls(session: Session, condition: ColumnElement[bool]) -> list[StageCall]:
    """Call the stages that have a window of a condition, for the waves of these windows."""
    query = (
        select(col(Campaign.code), col(Stage.code), col(Stage.kind), col(Wave.code))
        .select_from(Window)
        .join(Stage, col(Stage.id) == Window.stage_id)
        .join(Wave, col(Wave.id) == Window.wave_id)
        .join(Campaign, col(Campaign.id) == Stage.campaign_id)
        .where(condition)
        .order_by(col(Campaign.id), col(Stage.position), col(Wave.position))
    )
    waves: defaultdict[tuple[str, str, StageKind], list[str]] = defaultdict(list)
    for campaign, stage, kind, wave in session.execute(query).tuples():
        waves[campaign, stage, kind].append(wave)
    return [StageCall(*stage, waves=tuple(codes)) for stage, codes in waves.items()]


def _acts_or_is_chased(session: Session, now: datetime) -> ColumnElement[bool]:
    has_work = and_(
        col(Stage.id).in_(_stages_with_work_to_remind(session, now)), col(Window.status) != WindowStatus.PLANNED
    )
    # A problem may have to be solved before the stage that chases it has opened.
    has_problems = col(Stage.id).in_(_stages_with_problems_to_remind(session, now))
    return or_(to_open(now), to_announce(), to_check(now), to_close(now), has_work, has_problems)


def _stages_with_work_to_remind(session: Session, now: datetime) -> Sequence[int]:
    query = (
        select(col(Task.stage_id))
        .select_from(Assignment)
        .with_hint(Assignment, "INDEXED BY ix_assignment_next_reminder_at", "sqlite")
        .join(Task, col(Task.id) == Assignment.task_id)
        .where(is_due(session, Assignment, now))
        .distinct()
    )
    return session.scalars(query).all()


def _stages_with_problems_to_remind(session: Session, now: datetime) -> Sequence[int]:
    return session.scalars(select(col(Problem.stage_id)).where(is_due(session, Problem, now)).distinct()).all()
