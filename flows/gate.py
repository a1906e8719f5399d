"""Try a gate at once, rather than at the next patrol."""

from datetime import datetime
from enum import StrEnum

from actions.house import House
from actions.reading.due_stages import find_gate_to_try
from flows.patrol import run_here
from models.database import Busy, exclusive


class GateTry(StrEnum):
    """What came of trying a gate: it is too early, a patrol is at work and tries it itself, or the gate's own word."""

    EARLY = "early"
    BUSY = "busy"
    CLOSED = "closed"
    HELD = "held"


def try_gate_now(house: House, campaign: str, window: str, *, now: datetime) -> GateTry:
    """Take the stage of a window named `stage/wave` one step further, as a patrol would.

    Nothing is done before the window's planned close. Raises Unknown for a window that is not there.
    """
    call = find_gate_to_try(house, campaign, window, now=now)
    if call is None:
        return GateTry.EARLY
    try:
        with exclusive(house.engine, "patrol"):
            report = run_here(house, call, now)
    except Busy:
        return GateTry.BUSY
    return GateTry.CLOSED if window in report.closed else GateTry.HELD
