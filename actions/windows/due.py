"""Do to a stage's windows what is due: open them, check their pace, try their gates."""

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from actions.check_pace import check_pace
from actions.close_window import GateTried, close_window
from actions.house import House
from actions.open_window import open_window
from actions.reading.due_stages import StageCall, to_check, to_close, to_open
from models.campaign import Campaign, Stage, Wave
from models.database import snapshot
from models.window import Window


def open_windows(house: House, call: StageCall, *, now: datetime) -> tuple[str, ...]:
    """Open every window of a stage whose day has come; return those that this call opened, as `stage/wave`."""
    due = _windows(house, call, to_open(now))
    return tuple(label for window_id, label in due if open_window(house, window_id, now=now))


def check_paces(house: House, call: StageCall, *, now: datetime) -> dict[str, int]:
    """Hold the stage's windows whose middle has come against their pace; return the branches behind in each."""
    found = {label: check_pace(house, window_id, now=now) for window_id, label in _windows(house, call, to_check(now))}
    return {label: behind for label, behind in found.items() if behind is not None}


def try_gates(house: House, call: StageCall, *, now: datetime) -> tuple[GateTried, ...]:
    """Try the gate of every window of a stage whose planned close has come."""
    tried = (close_window(house, window_id, now=now) for window_id, _ in _windows(house, call, to_close(now)))
    return tuple(gate for gate in tried if gate is not None)


def _windows(house: House, call: StageCall, condition: ColumnElement[bool]) -> list[tuple[int, str]]:
    query = (
        select(col(Window.id), col(Wave.code))
        .join(Stage, col(Stage.id) == Window.stage_id)
        .join(Wave, col(Wave.id) == Window.wave_id)
        .join(Campaign, col(Campaign.id) == Stage.campaign_id)
        .where(
            col(Campaign.code) == call.campaign,
            col(Stage.code) == call.stage,
            col(Wave.code).in_(call.waves),
            condition,
        )
        .order_by(col(Wave.position))
    )
    with snapshot(house.engine) as session:
        return [(window_id, f"{call.stage}/{wave}") for window_id, wave in session.execute(query).tuples()]
