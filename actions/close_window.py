"""Close a window when its gate lets it, and hand over to the stage after it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from actions.cancel_untrue import record_cancelled
from actions.events import PATROL, event_row, record
from actions.house import House
from actions.rulebook import Rulebook, rulebook_of
from actions.windows.gate_facts import gate_facts
from actions.windows.plan import plan_window
from config.vocabulary import AT_WORK, BlockerKind, EventKind, Otherwise, WindowStatus
from models.campaign import Campaign, Stage
from models.database import transaction
from models.dialects import count_changed, table_of
from models.notice import NoticeLine
from models.queries import WindowPlace, place_of
from models.window import Window
from notifications.outbox.truth import drop_untrue_about
from rules.deadlines import window_days
from rules.gates import Blocker, find_blockers
from rules.schedule import opens_after


@dataclass(frozen=True, slots=True)
class GateTried:
    """What came of trying a gate: the window's status after it, and the reasons that were found."""

    window: str
    status: WindowStatus
    blockers: tuple[Blocker, ...]


def close_window(house: House, window_id: int, *, now: datetime) -> GateTried | None:
    """Try the gate of an open or held window whose planned close has come; None for any other.

    It closes when nothing blocks it, when its gate says `otherwise: close`, and when it was overridden,
    always with the reasons on record; else it is held. Closing plans the windows that await it, for the
    same wave: they open on the first working day after the local day of `now`. What was not sent of its
    announcement is taken off. Repeated, nothing changes.
    """
    with transaction(house.engine) as session:
        place = place_of(session, window_id)
        window = place.window
        if window.status not in AT_WORK or window.closes_at > now:
            return None
        rulebook = rulebook_of(house, session.get_one(Campaign, place.stage.campaign_id))
        gate = rulebook.definition.stage(place.stage.code).gate
        blockers = find_blockers(place.stage.kind, gate, gate_facts(session, rulebook, place))
        lets = not blockers or window.overridden_at is not None or gate.otherwise is Otherwise.CLOSE
        status = WindowStatus.CLOSED if lets else WindowStatus.HELD
        if _turn(session, rulebook, place, status, blockers, now) and lets:
            _hand_over(session, rulebook, place, now)
            cancelled = drop_untrue_about(session, col(NoticeLine.window_id) == window.id, now=now)
            record_cancelled(session, cancelled, actor=PATROL, now=now)
        return GateTried(place.label, status, blockers)


def read_blockers(window: Window) -> tuple[Blocker, ...]:
    """Return the reasons that a window's gate gave at the last try."""
    return tuple(
        Blocker(BlockerKind(kept["kind"]), int(kept["have"]), int(kept["need"])) for kept in json.loads(window.blockers)
    )


def _turn(
    session: Session,
    rulebook: Rulebook,
    place: WindowPlace,
    status: WindowStatus,
    blockers: Sequence[Blocker],
    now: datetime,
) -> bool:
    """Write status and reasons by compare-and-set, with an event; return whether anything changed."""
    kept = json.dumps([asdict(blocker) for blocker in blockers])
    window = place.window
    if (window.status, window.blockers) == (status, kept):
        return False
    turn = (
        update(table_of(Window))
        .where(
            col(Window.id) == window.id, col(Window.status) == window.status, col(Window.blockers) == window.blockers
        )
        .values(status=status, blockers=kept, closed_at=now if status is WindowStatus.CLOSED else None)
    )
    if not count_changed(session, turn):
        return False
    turned = event_row(
        EventKind.WINDOW_CLOSED if status is WindowStatus.CLOSED else EventKind.WINDOW_HELD,
        place.label,
        at=now,
        actor=PATROL,
        campaign_id=rulebook.campaign_id,
        before={"status": window.status},
        after={"status": status, "blockers": json.loads(kept)},
        reason=window.override_reason if status is WindowStatus.CLOSED else None,
    )
    record(session, turned)
    return True


def _hand_over(session: Session, rulebook: Rulebook, place: WindowPlace, now: datetime) -> None:
    """Set the days of the windows that awaited this one: from here on they are no forecast."""
    awaiting = (
        select(Window, Stage)
        .join(Stage, col(Stage.id) == Window.stage_id)
        .where(Window.wave_id == place.wave.id, Window.awaits_id == place.stage.id)
    )
    first = opens_after(now, rulebook.calendar, rulebook.zone)
    for window, stage in session.exec(awaiting).all():
        days = window_days(first, rulebook.definition.stage(stage.code).lasts, rulebook.calendar)
        changes = {**asdict(plan_window(days, stage.kind, rulebook)), "awaits_id": None}
        session.execute(update(table_of(Window)).where(col(Window.id) == window.id).values(**changes))
