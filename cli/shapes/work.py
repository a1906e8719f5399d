"""The JSON of what branches do: tasks, answers and problems."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from config.vocabulary import AssignmentStatus, ProblemStatus, RequestStatus


@dataclass(frozen=True, slots=True)
class TaskShape:
    """A line of `task list`."""

    stage: str
    task: str
    title: str
    due: datetime
    status: AssignmentStatus
    done_at: datetime | None
    done_by: str | None
    late: bool
    figures: Mapping[str, int | float]


@dataclass(frozen=True, slots=True)
class ReceiptShape:
    """What `task done` prints; `done_at` and `done_by` are those of whoever was first."""

    branch: str
    stage: str
    task: str
    result: str
    due: datetime
    done_at: datetime | None
    done_by: str | None
    late: bool


@dataclass(frozen=True, slots=True)
class ProblemShape:
    """A line of `problem list`."""

    problem: int
    branch: str
    stage: str
    title: str
    owner: str | None
    due: datetime | None
    status: ProblemStatus
    late: bool
    found_at: datetime
    found_by: str
    solved_at: datetime | None
    solved_by: str | None
    note: str | None
    category: str | None
    measures: str | None
    verified_at: datetime | None
    verified_by: str | None


@dataclass(frozen=True, slots=True)
class ShareShape:
    """A line of `problem shares`; the share is of those found, from 0 to 1."""

    unit: str
    category: str | None
    found: int
    solved: int
    verified: int
    share: float


@dataclass(frozen=True, slots=True)
class RequestShape:
    """A line of `request list`; `last_day` is the last allowed day as it is now, `until` the one asked for."""

    request: int
    campaign: str
    branch: str
    stage: str
    task: str
    last_day: date
    until: date
    reason: str
    status: RequestStatus
    asked_at: datetime
    asked_by: str
    decided_at: datetime | None
    decided_by: str | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class NumberShape:
    """What `problem add` prints."""

    problem: int
