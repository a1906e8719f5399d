"""The JSON of notices and their deliveries."""

from datetime import date
from typing import Any, Self

from pydantic import ConfigDict

from actions.reading.notice_details import AttemptState, DeliveryState, ExtensionState, NoticeDetail
from actions.reading.notice_lines import LineState
from actions.reading.notices import NoticeState
from config.vocabulary import DeliveryStatus, DropReason, NoticeKind, NoticeStatus, Outcome, Section
from notifications.links import hide_links
from web.api.shapes.paging import PageQuery, PageShape
from web.api.shapes.shape import Code, Instant, Name, Shape

_EXAMPLE: dict[str, Any] = {
    "notice": 93,
    "officer": "L130683-01",
    "officer_name": "李敏",
    "kind": "digest",
    "day": "2009-09-10",
    "status": "sent",
    "lines": 1,
    "reason": None,
}
_ATTEMPT = {
    "number": 1,
    "started_at": "2009-09-10T00:30:02Z",
    "ended_at": "2009-09-10T00:30:03Z",
    "outcome": "accepted",
    "detail": "ok",
}
_DELIVERY = {
    "service": "wecombot",
    "is_verified": True,
    "status": "sent",
    "not_before": "2009-09-10T00:30:00Z",
    "sent_at": "2009-09-10T00:30:03Z",
    "receipt": None,
    "subject": "1 项任务临近或超过期限",
    "body": "澜禾药业党支部 摸清底数 9月14日到期",
    "attempts": [_ATTEMPT],
}
_LINE = {
    "campaign": "baoding-2009",
    "section": "own",
    "branch": "130683-001",
    "task": "mobilization/survey",
    "problem": None,
    "window": None,
    "channel_of": None,
    "due": "2009-09-14T16:00:00Z",
    "reached": "3 workdays before due",
    "dropped": None,
}


class NoticeShape(Shape):
    """What one person is told on one day."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    notice: int
    """Its number."""
    officer: str
    """The code of the officer who is told."""
    officer_name: str
    """The name of that officer."""
    kind: NoticeKind
    """A digest, or that an extension was granted."""
    day: date
    """The day it belongs to, in the officer's zone."""
    status: NoticeStatus
    """What has become of it."""
    lines: int
    """How many lines of it still stand."""
    reason: str | None
    """Why it was called off or given up."""

    @classmethod
    def of(cls, found: NoticeState) -> Self:
        """Shape a notice as a line of the list."""
        return cls(**_fields(found))


class NoticePage(PageShape[NoticeShape]):
    """Some notices, the newest day first."""


class NoticeQuery(PageQuery):
    """Which notices are asked for; all conditions hold at once."""

    campaign: Code | None = None
    """Those that speak of a campaign, by its code."""
    officer: Code | None = None
    """Those to an officer, by code."""
    unit: Name | None = None
    """Those to the officers of a unit or below, by its code, or by its name where that is unique."""
    status: NoticeStatus | None = None
    """Those of a status, such as `dead`."""
    day: date | None = None
    """Those of a day."""


class AttemptShape(Shape):
    """One try of a delivery."""

    number: int
    """The first is 1."""
    started_at: Instant
    """When it began."""
    ended_at: Instant | None
    """When the provider had answered; null while it is in flight, or was cut off."""
    outcome: Outcome | None
    """What the answer means."""
    detail: str | None
    """What the provider said."""

    @classmethod
    def of(cls, found: AttemptState) -> Self:
        """Shape a try as it was read."""
        return cls(
            number=found.number,
            started_at=found.started_at,
            ended_at=found.ended_at,
            outcome=found.outcome,
            detail=found.detail,
        )


class DeliveryShape(Shape):
    """A notice on one channel; links that open the reader's own work are taken out of the texts."""

    service: str
    """The service of the channel."""
    is_verified: bool
    """Whether anybody reads what the provider answers; where not, sent means no more than handed over."""
    status: DeliveryStatus
    """What has become of it."""
    not_before: Instant
    """When it may go out at the earliest."""
    sent_at: Instant | None
    """When the provider accepted it."""
    receipt: str | None
    """What the provider calls it by."""
    subject: str | None
    """The subject as it was written; null until it is."""
    body: str | None
    """The text as it was written; null until it is."""
    attempts: tuple[AttemptShape, ...]
    """Every try of it."""

    @classmethod
    def of(cls, found: DeliveryState) -> Self:
        """Shape a delivery as it was read."""
        return cls(
            service=found.service,
            is_verified=found.is_verified,
            status=found.status,
            not_before=found.not_before,
            sent_at=found.sent_at,
            receipt=found.receipt,
            subject=found.subject,
            body=hide_links(found.body) if found.body else found.body,
            attempts=tuple(map(AttemptShape.of, found.attempts)),
        )


class LineShape(Shape):
    """A line of a notice: about a task, a problem, a window or a channel."""

    campaign: str
    """The code of the campaign."""
    section: Section
    """In which part of the notice it stands."""
    branch: str | None
    """The code of the branch that it is about."""
    task: str | None
    """The task that it is about, as `stage/task`."""
    problem: int | None
    """The number of the problem that it is about, within the campaign."""
    window: str | None
    """The window that it is about, as `stage/wave`."""
    channel_of: str | None
    """The code of the officer whose channel was given up, or who has none."""
    due: Instant | None
    """The deadline that it speaks of."""
    reached: str | None
    """The step of the ladder that was reached, as the campaign file writes it."""
    dropped: DropReason | None
    """Why it was taken off before it was sent."""

    @classmethod
    def of(cls, found: LineState) -> Self:
        """Shape a line as it was read."""
        return cls(
            campaign=found.campaign,
            section=found.section,
            branch=found.branch,
            task=found.task,
            problem=found.problem,
            window=found.window,
            channel_of=found.channel.officer if found.channel else None,
            due=found.due_at,
            reached=found.reached,
            dropped=found.dropped,
        )


class GrantShape(Shape):
    """The extension that a notice tells of."""

    until: date
    """The last day that was granted."""
    reason: str
    """Why."""
    granted_at: Instant
    """When."""
    granted_by: str
    """By whom."""

    @classmethod
    def of(cls, found: ExtensionState) -> Self:
        """Shape an extension as it was read."""
        return cls(until=found.until, reason=found.reason, granted_at=found.at, granted_by=found.by)


class NoticeDetailShape(NoticeShape):
    """A notice with all there is to say of it: why, in which words, and what every try of sending it came to."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                _EXAMPLE
                | {
                    "sends_from": "2009-09-10T00:30:00Z",
                    "sends_until": "2009-09-10T10:00:00Z",
                    "extension": None,
                    "why": [_LINE],
                    "deliveries": [_DELIVERY],
                }
            ]
        }
    )

    sends_from: Instant
    """When its send window opens."""
    sends_until: Instant
    """When its send window ends."""
    extension: GrantShape | None
    """The extension that it tells of."""
    why: tuple[LineShape, ...]
    """Its lines, those taken off included."""
    deliveries: tuple[DeliveryShape, ...]
    """The notice on each channel that was tried."""

    @classmethod
    def of_detail(cls, found: NoticeDetail) -> Self:
        """Shape a notice with everything in it."""
        return cls(
            **_fields(found.notice),
            sends_from=found.sends_from,
            sends_until=found.sends_until,
            extension=GrantShape.of(found.extension) if found.extension else None,
            why=tuple(map(LineShape.of, found.lines)),
            deliveries=tuple(map(DeliveryShape.of, found.deliveries)),
        )


def _fields(found: NoticeState) -> dict[str, Any]:
    return {name: getattr(found, name) for name in NoticeShape.model_fields}
