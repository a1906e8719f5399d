"""Lay out what a checked campaign file leads to: windows with their days, and the last day of every task."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from actions.check import Checked
from config.definition.text import Text
from config.errors import Fault
from config.vocabulary import StageKind
from rules.deadlines import WindowDays, due_day
from rules.schedule import plan_windows


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """A task, its rule as the file writes it, and its last day in each wave."""

    task: str
    title: Text
    rule: str
    last_days: Mapping[str, date]


@dataclass(frozen=True, slots=True)
class PlannedStage:
    """A stage with its days in each wave, as they are when every gate is met in time."""

    stage: str
    title: Text
    kind: StageKind
    days: Mapping[str, WindowDays]
    tasks: tuple[PlannedTask, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a launch would put to work, the waves with their names; `digest` is another as soon as anything in it is."""

    campaign: str
    title: Text
    waves: Mapping[str, Text]
    stages: tuple[PlannedStage, ...]
    warnings: tuple[Fault, ...]
    digest: str


def plan_of(checked: Checked) -> Plan:
    """Lay out a definition that was found without fault."""
    definition, calendar = checked.definition, checked.calendar
    windows = plan_windows(definition, calendar)
    stages = []
    for spec in definition.stages:
        days = {window.wave: window.days for window in windows if window.stage == spec.code}
        tasks = tuple(
            PlannedTask(
                task.code,
                task.title,
                str(task.due),
                {wave: due_day(task.due, span, calendar) for wave, span in days.items()},
            )
            for task in spec.tasks
        )
        stages.append(PlannedStage(spec.code, spec.title, spec.kind, days, tasks))
    # The waves are placed by now: a launch on another day is another plan.
    digest = hashlib.sha256(f"{definition.model_dump_json()}\n{windows}".encode()).hexdigest()
    waves = {wave.code: wave.name for wave in definition.waves}
    return Plan(definition.code, definition.title, waves, tuple(stages), checked.warnings, digest)
