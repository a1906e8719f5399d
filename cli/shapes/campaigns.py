"""The JSON of campaigns: how they stand, are planned, launched and taken on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from config.vocabulary import CampaignStatus, NoticeStatus, WindowStatus


@dataclass(frozen=True, slots=True)
class WindowShape:
    """A window in `campaign status`; shares are 0 to 1, null when nothing counts."""

    stage: str
    wave: str
    status: WindowStatus
    opens: datetime
    closes: datetime
    assignments: int
    done: int
    waived: int
    overdue: int
    completeness: float | None
    timeliness: float | None
    blockers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitShape:
    """A unit in `campaign status`."""

    unit: str
    name: str
    branches: int
    assignments: int
    done: int
    overdue: int


@dataclass(frozen=True, slots=True)
class StatusShape:
    """What `campaign status` prints."""

    campaign: str
    at: datetime
    branches: int
    members: int
    stages: tuple[WindowShape, ...]
    units: tuple[UnitShape, ...]
    notices: Mapping[NoticeStatus, int]


@dataclass(frozen=True, slots=True)
class BehindShape:
    """A branch in `campaign pace`; `total` leaves out what was waived."""

    branch: str
    name: str
    unit: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class PaceShape:
    """A window in `campaign pace`; `asked` is a share of 0 to 1."""

    window: str
    asked: float
    behind: tuple[BehindShape, ...]


@dataclass(frozen=True, slots=True)
class CampaignPatrolShape:
    """A campaign in `patrol`; windows are named `stage/wave`."""

    campaign: str
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    held: tuple[str, ...]
    notices: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class PatrolShape:
    """What `patrol` prints."""

    at: datetime
    campaigns: tuple[CampaignPatrolShape, ...]


@dataclass(frozen=True, slots=True)
class CampaignShape:
    """A line of `campaign list`; `open` names its windows that are open or held."""

    campaign: str
    title: str
    status: CampaignStatus
    revision: int
    branches: int
    open: tuple[str, ...]
    launched_at: datetime
    launched_by: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlannedWindowShape:
    """A window in `campaign check`: both days are in it."""

    stage: str
    wave: str
    first_day: date
    last_day: date
    tasks: int


@dataclass(frozen=True, slots=True)
class PlanShape:
    """What `campaign check` prints for a file without faults."""

    campaign: str
    title: str
    windows: tuple[PlannedWindowShape, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LaunchShape:
    """What `campaign launch` prints."""

    campaign: str
    branches: int
    warnings: tuple[str, ...]
