"""Announce the windows that have opened."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Integer, Subquery, column, func, select, update
from sqlmodel import Session, col

from actions.events import PATROL, event_row, record
from actions.house import House
from actions.reading.due_stages import StageCall, to_announce
from actions.reminders.audience import listeners
from actions.reminders.lines import news_lines
from actions.reminders.notices import tell_in_digests
from actions.rulebook import open_rulebook
from config.vocabulary import BranchStatus, EventKind, Section
from models.branch import Branch
from models.campaign import Enrolment, Stage, Wave
from models.database import transaction
from models.dialects import table_of, values_table
from models.queries import find_stage
from models.window import Window


def announce(house: House, call: StageCall, *, now: datetime) -> int:
    """Tell of every window of a stage that has opened since the last time; return how many notices were made.

    A line goes into the next digest of the liaison officers of the branches that take part, of the groups
    that guide their units and of the coordinators above. A window is announced once: that it was stands or
    falls with the lines. Repeated, nothing is left to announce; killed, it leaves nothing.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, call.campaign)
        stage = find_stage(session, rulebook.campaign, call.stage)
        windows = _turn_announced(session, stage, call.waves, now)
        if not windows:
            return 0
        lines = news_lines(_readers(session, windows), Section.ANNOUNCEMENT)
        told = tell_in_digests(session, rulebook, {"window_id": lines}, now)
        counts = dict(session.execute(select(lines.c.id, func.count()).group_by(lines.c.id)).tuples().all())
        record(
            session,
            *(
                event_row(
                    EventKind.WINDOW_ANNOUNCED,
                    f"{stage.code}/{wave}",
                    at=now,
                    actor=PATROL,
                    campaign_id=rulebook.campaign_id,
                    after={"told": counts.get(window_id, 0)},
                )
                for window_id, wave in windows
            ),
        )
        return told.notices


def _turn_announced(session: Session, stage: Stage, waves: Sequence[str], now: datetime) -> list[tuple[int, str]]:
    """Take the windows that are to be announced by compare-and-set; return each with the code of its wave."""
    called = select(col(Wave.id)).where(col(Wave.campaign_id) == stage.campaign_id, col(Wave.code).in_(waves))
    window = table_of(Window)
    turn = (
        update(window)
        .where(window.c.stage_id == stage.id, window.c.wave_id.in_(called), to_announce())
        .values(announced_at=now)
        .returning(window.c.id)
    )
    taken = session.scalars(turn).all()
    named = select(window.c.id, col(Wave.code)).join(Wave, col(Wave.id) == window.c.wave_id)
    query = named.where(window.c.id.in_(taken)).order_by(col(Wave.position))
    return [(window_id, code) for window_id, code in session.execute(query)]


def _readers(session: Session, windows: Sequence[tuple[int, str]]) -> Subquery:
    """Compose the readers of each window, each once: the branches' own officers, and those above their units."""
    taking_part = (
        select(col(Branch.officer_id), col(Window.id), col(Branch.unit_id))
        .select_from(Window)
        .join(Enrolment, col(Enrolment.wave_id) == Window.wave_id)
        .join(Branch, col(Branch.id) == Enrolment.branch_id)
        .where(col(Window.id).in_([key for key, _ in windows]), col(Branch.status) == BranchStatus.ACTIVE)
        .cte("taking_part")
    )
    places = session.execute(select(taking_part.c.unit_id, taking_part.c.id).distinct()).tuples().all()
    above = values_table(
        session, "above", [column("officer_id", Integer), column("id", Integer)], _above(session, places)
    )
    own = select(taking_part.c.officer_id, taking_part.c.id).where(taking_part.c.officer_id.is_not(None))
    return own.union(select(above.c.officer_id, above.c.id)).subquery("reader")


def _above(session: Session, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """List the groups and coordinators above the units of windows, each once for a window."""
    windows: defaultdict[int, list[int]] = defaultdict(list)
    for unit_id, window_id in places:
        windows[unit_id].append(window_id)
    found = listeners(session, sorted(windows))
    return sorted({(listener.officer_id, window_id) for listener in found for window_id in windows[listener.unit_id]})
