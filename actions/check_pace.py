"""Hold a study window against its pace, once, in its middle."""

from collections import Counter as Tallies
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from actions.events import PATROL, event_row, record
from actions.house import House
from actions.reading.due_stages import to_check
from actions.reading.pace import pace_of
from actions.rulebook import rulebook_of
from config.vocabulary import EventKind
from models.campaign import Campaign
from models.database import transaction
from models.dialects import count_changed, table_of
from models.queries import place_of
from models.window import Window


def check_pace(house: House, window_id: int, *, now: datetime) -> int | None:
    """Find the branches of an open study window that are below the pace that the calendar asks for.

    Done once for a window, from the instant of its check on; the event keeps the share asked and how many
    branches are behind in each unit. Returns their number, None when there was nothing to check.
    """
    with transaction(house.engine) as session:
        if not _claim(session, window_id, now):
            return None
        place = place_of(session, window_id)
        rulebook = rulebook_of(house, session.get_one(Campaign, place.stage.campaign_id))
        pace = pace_of(session, rulebook, place, now)
        units = Tallies(branch.unit for branch in pace.behind)
        checked = event_row(
            EventKind.PACE_CHECKED,
            place.label,
            at=now,
            actor=PATROL,
            campaign_id=rulebook.campaign_id,
            after={"asked": round(float(pace.asked), 3), "behind": units.total(), "units": dict(units.most_common())},
        )
        record(session, checked)
        return units.total()


def _claim(session: Session, window_id: int, now: datetime) -> bool:
    """Mark the window as checked by compare-and-set; return whether it had still been to do."""
    claim = update(table_of(Window)).where(col(Window.id) == window_id, to_check(now)).values(checked_at=now)
    return bool(count_changed(session, claim))
