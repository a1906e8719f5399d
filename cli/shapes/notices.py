"""The JSON of notices and their deliveries."""

from dataclasses import dataclass
from datetime import date, datetime

from config.vocabulary import DeliveryStatus, DropReason, NoticeKind, NoticeStatus, Outcome, Section


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
    """A channel that a notice says was given up; no service where the officer has no channel at all."""

    officer: str
    service: str | None


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
    """A notice of a campaign or to an officer: a line of `notices list`, and all that there is to say of it."""

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
