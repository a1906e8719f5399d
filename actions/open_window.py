"""Open a window: give every branch of its wave the stage's tasks."""

import time
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from actions.assignments.counters import recount
from actions.assignments.deadlines import retime
from actions.assignments.giving import IdRange, assign
from actions.assignments.locks import hold_stages
from actions.events import PATROL, event_row, record
from actions.house import House
from actions.rulebook import Rulebook, rulebook_of
from config.vocabulary import EventKind, WindowStatus
from models.assignment import Assignment, Extension
from models.campaign import Campaign, Enrolment
from models.database import snapshot, transaction
from models.dialects import count_changed, table_of
from models.queries import WindowPlace, place_of
from models.window import Window

ROWS_A_CHUNK = 5_000
PAUSE_SECONDS = 0.02
"""Between two chunks on SQLite, where one long write keeps everybody waiting: branches answer meanwhile."""


def open_window(house: House, window_id: int, *, now: datetime) -> bool:
    """Open a planned window; return whether this call did it.

    Assignments are inserted in chunks, each in a transaction of its own; the window turns open, is
    counted and gets its one event in the last. Killed anywhere and repeated, the result is the same:
    deadlines depend on the planned opening, not on `now`.
    """
    with snapshot(house.engine) as session:
        place = place_of(session, window_id)
        campaign = session.get_one(Campaign, place.stage.campaign_id)
        rulebook = rulebook_of(house, campaign)
        chunks = _chunks(session, rulebook, place)
    if place.window.status is not WindowStatus.PLANNED:
        return False
    pause = PAUSE_SECONDS if house.engine.dialect.name == "sqlite" else 0.0
    for number, chunk in enumerate(chunks):
        if number:
            time.sleep(pause)
        with transaction(house.engine) as session:
            assign(session, rulebook, place, chunk)
    with transaction(house.engine) as session:
        return _turn_open(session, rulebook, place, chunks, now)


def _chunks(session: Session, rulebook: Rulebook, place: WindowPlace, after: int = 0) -> list[IdRange]:
    """Cut the wave's enrolments with ids after one so that each chunk makes about ROWS_A_CHUNK assignments."""
    tasks = len(rulebook.definition.stage(place.stage.code).tasks)
    size = max(1, ROWS_A_CHUNK // max(1, tasks))
    ids = (
        session.execute(
            select(col(Enrolment.id))
            .where(col(Enrolment.wave_id) == place.wave.id, col(Enrolment.id) > after)
            .order_by(col(Enrolment.id))
        )
        .scalars()
        .all()
    )
    return [IdRange(run[0], run[-1]) for run in (ids[start : start + size] for start in range(0, len(ids), size))]


def _turn_open(
    session: Session, rulebook: Rulebook, place: WindowPlace, filled: Sequence[IdRange], now: datetime
) -> bool:
    hold_stages(session, [place.stage])
    turn = (
        update(table_of(Window))
        .where(col(Window.id) == place.window.id, col(Window.status) == WindowStatus.PLANNED)
        .values(status=WindowStatus.OPEN, opened_at=now)
    )
    if not count_changed(session, turn):
        return False
    for chunk in _chunks(session, rulebook, place, after=filled[-1].last if filled else 0):
        assign(session, rulebook, place, chunk)  # who joined meanwhile, and found the window still planned
    recount(session, place.window.id)
    if session.scalar(select(func.count()).where(col(Extension.stage_id) == place.stage.id)):
        retime(session, rulebook, [place.stage], since=place.window.opens_at)  # what was granted ahead
    count = select(func.count()).select_from(Assignment).where(col(Assignment.window_id) == place.window.id)
    after = {
        "assignments": session.scalar(count),
        "first_day": place.window.first_day,
        "last_day": place.window.last_day,
    }
    opened = event_row(
        EventKind.WINDOW_OPENED, place.label, at=now, actor=PATROL, campaign_id=rulebook.campaign_id, after=after
    )
    record(session, opened)
    return True
