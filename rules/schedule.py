"""The planned windows of a campaign, and what does not fit into them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from config.calendars import Calendar
from config.definition.ladder import Reminders
from config.definition.schema import Definition, StageSpec, TaskSpec, WaveSpec
from config.documents import KeyPath, PathFault
from config.errors import Refusal
from config.said import Said
from rules.deadlines import WindowDays, due_day, end_of, local_day, rule_day, window_days
from rules.reminders import Ladder


@dataclass(frozen=True, slots=True)
class PlannedWindow:
    """One stage for one wave, both by their codes, on the days that it has when every gate is met in time."""

    stage: str
    wave: str
    days: WindowDays


@dataclass(frozen=True, slots=True)
class _PlannedTask:
    path: KeyPath
    task: TaskSpec
    window: PlannedWindow


class _Misplaced(Refusal):
    """A day that the calendar does not know, and the key of the file that asks for it."""

    def __init__(self, path: KeyPath, refusal: Refusal) -> None:
        super().__init__("{why}", why=refusal.said)
        self.path = path


def start_day(wave: WaveSpec) -> date:
    """Give the day on which a wave starts; Refusal while it still counts from a launch that has no day."""
    if wave.starts.day is None:
        raise Refusal(
            'wave {wave} starts at "{starts}": plan it from the day of launch', wave=wave.code, starts=wave.starts
        )
    return wave.starts.day


def opens_after(closed_at: datetime, calendar: Calendar, zone: ZoneInfo) -> date:
    """Find the day on which a stage opens when the stage before closed at an instant: the next working day."""
    return calendar.next_workday(local_day(closed_at, zone))


def plan_windows(definition: Definition, calendar: Calendar) -> tuple[PlannedWindow, ...]:
    """Lay out every window, stage by stage in the order of the file and wave by wave within each.

    A window that another waits for closes at the first instant after its last day, so that the other opens on the
    first working day after the day of that instant.
    Raises Refusal when a wave still waits for its launch day, or when a window lies past the range of the calendar.
    """
    for position, wave in enumerate(definition.waves):
        with _blaming("waves", position, "starts"):
            _known(start_day(wave), calendar)
    planned: dict[tuple[str, str], WindowDays] = {}
    for position, stage in enumerate(definition.stages):
        for wave in definition.waves:
            before = planned[stage.opens.stage, wave.code] if stage.opens.stage else None
            with _blaming("stages", position, "opens"):
                first = _known(_opening_day(stage, wave, before, calendar, definition.zone), calendar)
            with _blaming("stages", position, "lasts"):
                days = window_days(first, stage.lasts, calendar)
                _known(days.last, calendar)
            planned[stage.code, wave.code] = days
    return tuple(PlannedWindow(stage, wave, days) for (stage, wave), days in planned.items())


def find_faults(definition: Definition, calendar: Calendar) -> tuple[PathFault, ...]:
    """List what cannot be kept as written, one fault a key: the first wave, or the first deadline, that shows it.

    A due rule must land inside its planned window, and every rung inside the range of the calendar.
    """
    try:
        tasks = tuple(_planned_tasks(definition, calendar))
    except _Misplaced as misplaced:
        return ((misplaced.path, misplaced.said),)
    faults: dict[KeyPath, Said] = {}
    for task in tasks:
        message = _due_fault(task, calendar)
        if message is not None:
            faults.setdefault(task.path, message)
    if not faults:
        days = [_deadline(task, calendar) for task in tasks]
        faults.update(_rung_faults(definition, days, calendar))
    return tuple(faults.items())


def find_warnings(definition: Definition, calendar: Calendar) -> tuple[PathFault, ...]:
    """List what may turn out otherwise: the deadlines past the day through which the calendar is confirmed, as one.

    Expects a definition without faults.
    """
    days = [_deadline(task, calendar) for task in _planned_tasks(definition, calendar)]
    unsure = [day for day in days if not calendar.is_confirmed(day)]
    if not unsure:
        return ()
    message = Said(
        "{unsure} of {count} deadlines may move: the first is on {first}, and the calendar {calendar} is confirmed"
        " through {confirmed}",
        unsure=len(unsure),
        count=len(days),
        first=min(unsure),
        calendar=calendar.code,
        confirmed=calendar.confirmed_through,
    )
    return ((("calendar",), message),)


def _opening_day(
    stage: StageSpec, wave: WaveSpec, before: WindowDays | None, calendar: Calendar, zone: ZoneInfo
) -> date:
    if before is not None:
        return opens_after(end_of(before.last, zone), calendar, zone)
    return stage.opens.day or start_day(wave)


def _known(day: date, calendar: Calendar) -> date:
    if not calendar.first <= day <= calendar.last:
        raise Refusal(
            "{day} is outside the calendar {calendar}, {first} to {last}",
            day=day,
            calendar=calendar.code,
            first=calendar.first,
            last=calendar.last,
        )
    return day


@contextmanager
def _blaming(*path: str | int) -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        raise _Misplaced(path, refusal) from refusal


def _planned_tasks(definition: Definition, calendar: Calendar) -> Iterator[_PlannedTask]:
    positions = {stage.code: position for position, stage in enumerate(definition.stages)}
    for window in plan_windows(definition, calendar):
        stage = positions[window.stage]
        for position, task in enumerate(definition.stages[stage].tasks):
            yield _PlannedTask(("stages", stage, "tasks", position, "due"), task, window)


def _deadline(planned: _PlannedTask, calendar: Calendar) -> date:
    return due_day(planned.task.due, planned.window.days, calendar)


def _due_fault(planned: _PlannedTask, calendar: Calendar) -> Said | None:
    window = planned.window
    try:
        day = rule_day(planned.task.due, window.days, calendar)
    except Refusal as refusal:
        return refusal.said
    if window.days.first <= day <= window.days.last:
        return None
    is_early = day < window.days.first
    return Said(
        '"{rule}" lands on {day}, {side}: the window of {stage} for wave {wave} is {first} to {last}',
        rule=planned.task.due,
        day=day,
        side=Said("before the window opens") if is_early else Said("after its planned close"),
        stage=window.stage,
        wave=window.wave,
        first=window.days.first,
        last=window.days.last,
    )


def _rung_faults(definition: Definition, deadlines: list[date], calendar: Calendar) -> Iterator[PathFault]:
    if not deadlines:
        return
    outermost = (min(deadlines), max(deadlines))
    for position, rung in enumerate(definition.reminders.rungs):
        alone = Reminders(window=definition.reminders.window, rungs=(rung,))
        ladder = Ladder(alone, calendar, definition.zone)
        try:
            for day in outermost:
                ladder.steps(end_of(day, definition.zone))
        except Refusal as refusal:
            yield ("reminders", "rungs", position, "at"), refusal.said
