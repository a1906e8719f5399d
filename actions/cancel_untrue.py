"""Take off what was planned and is no longer true."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from actions.events import PATROL, event_row, record
from actions.house import House
from config.vocabulary import EventKind
from models.campaign import Campaign
from models.database import transaction
from notifications.outbox.truth import drop_untrue


def cancel_untrue(house: House, *, now: datetime) -> dict[str, int]:
    """Drop untrue lines from planned notices; return how many notices this left empty and cancelled, by campaign.

    The lines keep the reason. Repeated, nothing more falls.
    """
    with transaction(house.engine) as session:
        return record_cancelled(session, drop_untrue(session, now=now), actor=PATROL, now=now)


def record_cancelled(session: Session, cancelled: Mapping[int, int], *, actor: str, now: datetime) -> dict[str, int]:
    """Write an event for each campaign of which notices were cancelled; return their numbers by its code."""
    if not cancelled:
        return {}
    codes = dict(session.execute(select(col(Campaign.id), col(Campaign.code))).tuples().all())
    events = (
        event_row(
            EventKind.NOTICES_CANCELLED,
            codes[campaign_id],
            at=now,
            actor=actor,
            campaign_id=campaign_id,
            after={"notices": count},
        )
        for campaign_id, count in sorted(cancelled.items())
    )
    record(session, *events)
    return {codes[campaign_id]: count for campaign_id, count in cancelled.items()}
