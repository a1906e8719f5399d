"""Read one window: its days, its tasks, how far it is, and its gate."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from actions.assignments.counters import tally_sums
from actions.close_window import read_blockers
from actions.house import House
from actions.measures.work_done import CountedWork
from actions.rulebook import Rulebook, open_rulebook
from actions.windows.gate_facts import gate_facts
from config.definition.gates import GateSpec
from config.definition.stages import StageSpec
from config.definition.text import Text
from config.errors import Unknown
from config.vocabulary import AT_WORK, StageKind, WindowStatus
from models.assignment import Assignment, Counter
from models.branch import Branch
from models.campaign import Enrolment, Task
from models.database import snapshot
from models.queries import WindowPlace, find_window, stages_of
from models.scope import EVERYTHING, Scope
from models.unit import Unit
from models.window import Window
from rules.deadlines import WindowDays, due_day, local_day
from rules.gates import Blocker, find_blockers
from rules.progress import Tally
from rules.schedule import plan_windows


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task of the window's check list: its last day where nobody joined late or was extended, and how far it is."""

    task: str
    title: Text
    last_day: date
    tally: Tally


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided about a gate, when, and why where a reason was asked for."""

    by: str
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class WindowDetail:
    """One stage for one wave.

    `launched` are the days that the plan had at the launch, `days` those that hold now: a forecast while `awaits`
    names the stage before. `opened` and `closed` are the local days on which it happened. The gate's reasons are
    those of now for a window at work, and those on record for one that is closed. `is_only_wave` tells that the
    campaign has no other.
    """

    campaign: str
    campaign_title: Text
    stage: str
    title: Text
    kind: StageKind
    guidance: Text | None
    wave: str
    wave_name: Text
    is_only_wave: bool
    status: WindowStatus
    zone: ZoneInfo
    launched: WindowDays
    days: WindowDays
    awaits: Text | None
    opened: date | None
    closed: date | None
    closes_at: datetime
    gate: GateSpec
    blockers: tuple[Blocker, ...]
    approved: Decision | None
    overridden: Decision | None
    tasks: tuple[TaskLine, ...]
    tally: Tally


def read_window(house: House, campaign: str, name: str, *, now: datetime, scope: Scope = EVERYTHING) -> WindowDetail:
    """Read the window named `stage/wave`, its tasks as far as they are inside the scope.

    The gate's reasons count every branch of the window, so they are for those who see everything. Unknown for a
    campaign or a window that is not there, or that no branch inside the scope takes part in.
    """
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        place = find_window(session, rulebook.campaign, name)
        _require_part(session, place, name, campaign, scope)
        window, spec = place.window, rulebook.definition.stage(place.stage.code)
        days = WindowDays(window.first_day, window.last_day)
        tasks = _tasks(session, rulebook, place, days, now, scope)
        return WindowDetail(
            campaign=campaign,
            campaign_title=rulebook.definition.title,
            stage=place.stage.code,
            title=spec.title,
            kind=place.stage.kind,
            guidance=spec.guidance,
            wave=place.wave.code,
            wave_name=rulebook.definition.wave(place.wave.code).name,
            is_only_wave=len(rulebook.definition.waves) == 1,
            status=window.status,
            zone=rulebook.zone,
            launched=_launched(rulebook, place),
            days=days,
            awaits=_awaited(session, rulebook, window),
            opened=_day(window.opened_at, rulebook.zone),
            closed=_day(window.closed_at, rulebook.zone),
            closes_at=window.closes_at,
            gate=spec.gate,
            blockers=_blockers(session, rulebook, place, spec) if scope.is_everything else (),
            approved=_decision(window.approved_by, window.approved_at),
            overridden=_decision(window.overridden_by, window.overridden_at, window.override_reason),
            tasks=tasks,
            tally=sum((line.tally for line in tasks), Tally()),
        )


def _require_part(session: Session, place: WindowPlace, name: str, campaign: str, scope: Scope) -> None:
    """Raise Unknown where no branch inside the scope is in the window's wave."""
    own = (
        select(col(Enrolment.id))
        .join(Branch, col(Branch.id) == Enrolment.branch_id)
        .where(col(Enrolment.wave_id) == place.wave.id, scope.branches)
        .limit(1)
    )
    if not scope.is_everything and session.execute(own).first() is None:
        raise Unknown("window {name}: not in campaign {campaign}", name=name, campaign=campaign)


def _launched(rulebook: Rulebook, place: WindowPlace) -> WindowDays:
    planned = plan_windows(rulebook.definition, rulebook.calendar)
    return next(each.days for each in planned if (each.stage, each.wave) == (place.stage.code, place.wave.code))


def _awaited(session: Session, rulebook: Rulebook, window: Window) -> Text | None:
    stages = stages_of(session, rulebook.campaign)
    code = next((stage.code for stage in stages if stage.id == window.awaits_id), None)
    return rulebook.definition.stage(code).title if code else None


def _day(instant: datetime | None, zone: ZoneInfo) -> date | None:
    return local_day(instant, zone) if instant else None


def _decision(by: str | None, at: datetime | None, reason: str | None = None) -> Decision | None:
    return Decision(by, at, reason) if by and at else None


def _blockers(session: Session, rulebook: Rulebook, place: WindowPlace, spec: StageSpec) -> tuple[Blocker, ...]:
    if place.window.status not in AT_WORK:
        return read_blockers(place.window)
    return find_blockers(place.stage.kind, spec.gate, gate_facts(session, rulebook, place))


def _tasks(
    session: Session, rulebook: Rulebook, place: WindowPlace, days: WindowDays, now: datetime, scope: Scope
) -> tuple[TaskLine, ...]:
    spec, tallies = rulebook.definition.stage(place.stage.code), _tallies(session, place, now, scope)
    return tuple(
        TaskLine(task.code, task.title, due_day(task.due, days, rulebook.calendar), tallies.get(task.code, Tally()))
        for task in spec.tasks
    )


def _tallies(session: Session, place: WindowPlace, now: datetime, scope: Scope) -> dict[str, Tally]:
    """Sum the counters by the task; they know units alone, so that of some branches the work itself is counted."""
    if scope.is_everything or scope.path is not None:
        query = (
            select(col(Task.code), *CountedWork(Counter, now).tally_columns())
            .join(Counter, col(Counter.task_id) == Task.id)
            .join(Unit, col(Unit.id) == Counter.unit_id)
            .where(col(Counter.window_id) == place.window.id, scope.units)
        )
    else:
        query = (
            select(col(Task.code), *tally_sums(now))
            .join(Assignment, col(Assignment.task_id) == Task.id)
            .join(Branch, col(Branch.id) == Assignment.branch_id)
            .where(col(Assignment.window_id) == place.window.id, scope.branches)
        )
    rows = session.execute(query.group_by(col(Task.code)))
    return {code: Tally(*(int(part) for part in sums)) for code, *sums in rows}
