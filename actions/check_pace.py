"""Hold a study window against its pace, once, in its middle."""

from collections import Counter as Tallies
from datetime import datetime

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from actions.counters import settled_sums
from actions.events import PATROL, event_row, record
from actions.house import House
from actions.rulebook import rulebook_of
from config.vocabulary import EventKind, WindowStatus
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Campaign
from models.database import transaction
from models.dialects import count_changed, table_of
from models.queries import WindowPlace, place_of
from models.unit import Unit
from models.window import Window
from rules.deadlines import WindowDays, local_day
from rules.pace import asked_share, is_behind


def check_pace(house: House, window_id: int, *, now: datetime) -> int | None:
    """Find the branches of an open study window that are below the pace that the calendar asks for.

    Done once for a window, from the instant of its check on; the event keeps the share asked and how many
    branches are behind in each unit. Returns their number, None when there was nothing to check.
    """
    with transaction(house.engine) as session:
        place = place_of(session, window_id)
        claim = (
            update(table_of(Window))
            .where(
                col(Window.id) == window_id,
                col(Window.status) != WindowStatus.PLANNED,
                col(Window.checked_at).is_(None),
                col(Window.check_at) <= now,
            )
            .values(checked_at=now)
        )
        if not count_changed(session, claim):
            return None
        rulebook = rulebook_of(house, session.get_one(Campaign, place.stage.campaign_id))
        days = WindowDays(place.window.first_day, place.window.last_day)
        asked = asked_share(days, local_day(now, rulebook.zone), rulebook.calendar)
        behind = Tallies(unit for unit, total, done in _by_branch(session, place) if is_behind(done, total, asked))
        checked = event_row(
            EventKind.PACE_CHECKED,
            place.label,
            at=now,
            actor=PATROL,
            campaign_id=rulebook.campaign_id,
            after={"asked": round(float(asked), 3), "behind": behind.total(), "units": dict(behind.most_common())},
        )
        record(session, checked)
        return behind.total()


def _by_branch(session: Session, place: WindowPlace) -> list[tuple[str, int, int]]:
    """Return each branch's unit, what counts of its work, and what is done of it."""
    done, _, waived = settled_sums()
    query = (
        select(col(Unit.name), func.count() - waived, done)
        .select_from(Assignment)
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .where(col(Assignment.window_id) == place.window.id)
        .group_by(col(Branch.id), col(Unit.name))
    )
    return [(unit, int(total), int(done)) for unit, total, done in session.execute(query)]
