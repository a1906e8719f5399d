"""Write the audit record, in the transaction of the change it speaks of."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from config.vocabulary import EventKind
from models.dialects import table_of
from models.event import Event

PATROL = "patrol"
"""The actor of what no person did."""

Facts = Mapping[str, Any]

_RECORD = insert(table_of(Event))


def event_row(
    kind: EventKind,
    subject: str,
    *,
    at: datetime,
    actor: str,
    campaign_id: int | None = None,
    branch_id: int | None = None,
    before: Facts | None = None,
    after: Facts | None = None,
    reason: str | None = None,
) -> dict[str, Any]:
    """Compose the row of one event; before and after are kept as JSON, dates as ISO text."""
    return {
        "at": at,
        "actor": actor,
        "kind": kind,
        "campaign_id": campaign_id,
        "branch_id": branch_id,
        "subject": subject,
        "before": _json(before),
        "after": _json(after),
        "reason": reason,
    }


def record(session: Session, *rows: dict[str, Any]) -> None:
    """Add events; they stand or fall with the transaction."""
    if rows:
        session.connection().execute(_RECORD, rows)


def _json(facts: Facts | None) -> str | None:
    return None if facts is None else json.dumps(facts, ensure_ascii=False, default=str, sort_keys=True)
