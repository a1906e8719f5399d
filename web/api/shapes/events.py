"""The JSON of the audit record."""

from datetime import date
from typing import Any, Self

from pydantic import ConfigDict

from actions.reading.events import EventState
from config.vocabulary import EventKind
from web.api.shapes.paging import PageQuery, PageShape
from web.api.shapes.shape import Code, Instant, Name, Shape

Facts = dict[str, Any]
"""What an event changed: names with values."""


class EventShape(Shape):
    """Something that happened."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "event": 815,
                    "at": "2009-09-10T02:14:05.123456Z",
                    "actor": "wang.min",
                    "kind": "assignment.completed",
                    "campaign": "baoding-2009",
                    "branch": "130683-001",
                    "branch_name": "澜禾药业党支部",
                    "subject": "130683-001 mobilization/survey",
                    "before": {"status": "open"},
                    "after": {"status": "done", "figures": {"members": 14}, "note": None},
                    "reason": None,
                }
            ],
        }
    )

    event: int
    """Its number."""
    at: Instant
    """When it happened."""
    actor: str
    """Who did it; `patrol` is nobody."""
    kind: EventKind
    """What happened."""
    campaign: str | None
    """The code of the campaign that it happened in."""
    branch: str | None
    """The code of the branch that it happened to."""
    branch_name: str | None
    """The name of that branch."""
    subject: str
    """What it happened to, as people call it."""
    before: Facts
    """What it changed, as it was before."""
    after: Facts
    """What it changed, as it is since."""
    reason: str | None
    """Why, in the words of who did it."""

    @classmethod
    def of(cls, found: EventState) -> Self:
        """Shape an event as it was read."""
        return cls(
            event=found.number,
            at=found.at,
            actor=found.actor,
            kind=found.kind,
            campaign=found.campaign,
            branch=found.branch,
            branch_name=found.branch_name,
            subject=found.subject,
            before=dict(found.before),
            after=dict(found.after),
            reason=found.reason,
        )


class EventPage(PageShape[EventShape]):
    """Some events, what was recorded last first."""


class EventQuery(PageQuery):
    """Which events are asked for; all conditions hold at once."""

    kind: EventKind | None = None
    """Those of a kind."""
    actor: Name | None = None
    """Those of somebody, by the login or the name that the record has."""
    campaign: Code | None = None
    """Those in a campaign, by its code."""
    branch: Code | None = None
    """Those of a branch, by its code."""
    day: date | None = None
    """Those of a day, in the zone of the installation."""
