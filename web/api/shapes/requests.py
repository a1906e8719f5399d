"""The JSON of more time: granted, and asked for."""

from datetime import date

from pydantic import ConfigDict

from config.vocabulary import RequestStatus
from web.api.shapes.shape import Instant, Reason, Shape


class MoreTimeShape(Shape):
    """A later last day, and why."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"until": "2009-09-30", "reason": "企业停产检修"}]})

    until: date
    """The last day that is to be allowed, in the campaign's zone."""
    reason: Reason
    """Why."""


class RequestShape(Shape):
    """A later last day that was asked for, and waits for a decision."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "request": 12,
                    "assignment": 4711,
                    "until": "2009-09-30",
                    "reason": "企业停产检修",
                    "status": "asked",
                    "asked_at": "2009-09-10T02:14:05Z",
                    "asked_by": "wang.min",
                }
            ]
        }
    )

    request: int
    """Its number."""
    assignment: int
    """The number of the assignment that it is about."""
    until: date
    """The last day that was asked for, in the campaign's zone."""
    reason: str
    """Why."""
    status: RequestStatus
    """What has become of it."""
    asked_at: Instant
    """When it was asked for."""
    asked_by: str
    """By whom."""
