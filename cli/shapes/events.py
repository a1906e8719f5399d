"""The JSON of the audit record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from config.vocabulary import EventKind


@dataclass(frozen=True, slots=True)
class EventShape:
    """An event of `audit`; `before` and `after` hold what it changed, empty where there is nothing to tell."""

    event: int
    at: datetime
    actor: str
    kind: EventKind
    campaign: str | None
    branch: str | None
    subject: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    reason: str | None
