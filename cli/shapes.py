"""The JSON that commands print: the keys and their order are a contract. Instants are UTC, days ISO dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from config.vocabulary import (
    AssignmentStatus,
    CampaignStatus,
    ChannelStatus,
    DeliveryStatus,
    DropReason,
    Language,
    NoticeKind,
    NoticeStatus,
    OfficerRole,
    OnDoubt,
    Outcome,
    ProblemStatus,
    Section,
    WindowStatus,
)


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
class NoticeShape:
    """A line of `notices list`; `lines` counts those that still stand."""

    notice: int
    officer: str
    kind: NoticeKind
    day: date
    status: NoticeStatus
    lines: int


@dataclass(frozen=True, slots=True)
class GivenUpShape:
    """A channel that a notice says was given up."""

    officer: str
    service: str


@dataclass(frozen=True, slots=True)
class NoticeLineShape:
    """A line of a notice: about a task as `stage/task`, a problem by its number, a window as `stage/wave` or a channel.

    `reached` is the rung as the campaign's file writes it; both are null where no rung was reached.
    """

    campaign: str
    section: Section
    branch: str | None
    task: str | None
    problem: int | None
    due: datetime | None
    rung: int | None
    dropped: DropReason | None
    reached: str | None
    window: str | None
    channel: GivenUpShape | None


@dataclass(frozen=True, slots=True)
class AttemptShape:
    """One try of a delivery; `detail` is what the provider answered."""

    number: int
    started_at: datetime
    ended_at: datetime | None
    outcome: Outcome | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class DeliveryShape:
    """A notice on one channel, with every try of it; the texts are null until it is written."""

    service: str
    status: DeliveryStatus
    attempts: tuple[AttemptShape, ...]
    not_before: datetime
    sent_at: datetime | None
    receipt: str | None
    subject: str | None
    body: str | None
    html: str | None


@dataclass(frozen=True, slots=True)
class GrantShape:
    """The extension that a notice tells of."""

    until: date
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NoticeAccountShape(NoticeShape):
    """A notice of `notices list --campaign`: a line of the list, followed by all that there is to say of it."""

    name: str
    reason: str | None
    sends_from: datetime
    sends_until: datetime
    extension: GrantShape | None
    why: tuple[NoticeLineShape, ...]
    deliveries: tuple[DeliveryShape, ...]


@dataclass(frozen=True, slots=True)
class NoticeDetailShape:
    """What `notices show` prints."""

    notice: int
    officer: str
    name: str
    kind: NoticeKind
    day: date
    status: NoticeStatus
    reason: str | None
    sends_from: datetime
    sends_until: datetime
    extension: GrantShape | None
    lines: tuple[NoticeLineShape, ...]
    deliveries: tuple[DeliveryShape, ...]


@dataclass(frozen=True, slots=True)
class RejectionShape:
    """A cell that `registry import` cannot take."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportShape:
    """What `registry import` prints; with anything rejected nothing was written."""

    new: int
    changed: int
    unchanged: int
    rejected: tuple[RejectionShape, ...]


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


@dataclass(frozen=True, slots=True)
class AwayShape:
    """An absence in `officer list` that is not over: its days, `until` null while it is open, and the deputy."""

    first: date
    until: date | None
    deputy: str


@dataclass(frozen=True, slots=True)
class OfficerShape:
    """A line of `officer list`; of addresses only the service is shown, of a phone number the end."""

    officer: str
    name: str
    role: OfficerRole
    unit: str | None
    branches: int
    channels: tuple[str, ...]
    phone: str | None
    language: Language
    timezone: str
    away: AwayShape | None


@dataclass(frozen=True, slots=True)
class SilenceShape:
    """A line of `silence list`: of a branch or a unit; `in_force` says whether it holds at the instant asked for."""

    silence: int
    branch: str | None
    unit: str | None
    starts: datetime
    ends: datetime
    reason: str
    added_at: datetime
    added_by: str
    lifted_at: datetime | None
    lifted_by: str | None
    in_force: bool


@dataclass(frozen=True, slots=True)
class SilenceNumberShape:
    """What `silence add` prints."""

    silence: int


@dataclass(frozen=True, slots=True)
class ChannelShape:
    """A line of `channel list`; at most `rate_count` messages go out in `rate_seconds`, null where no rate is set."""

    channel: int
    officer: str
    service: str
    rank: int
    status: ChannelStatus
    on_doubt: OnDoubt
    acceptance_verified: bool
    disabled_at: datetime | None
    disabled_reason: str | None
    rate_count: int | None
    rate_seconds: int | None
    paused_until: datetime | None
    paused_reason: str | None


@dataclass(frozen=True, slots=True)
class TrialShape:
    """What `channel test` prints: the outcome, the provider's words and its id of the message."""

    channel: int
    outcome: Outcome
    detail: str
    receipt: str | None


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
class DeliverShape:
    """What `deliver` prints, in messages.

    `failed` will be tried again, `held` wait for a person, `waiting` for a service's rate or pause.
    """

    at: datetime
    sent: int
    failed: int
    held: int
    dead: int
    cancelled: int
    waiting: int


@dataclass(frozen=True, slots=True)
class NumberShape:
    """What `problem add` prints."""

    problem: int
