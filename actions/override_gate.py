"""Override a gate."""

from datetime import datetime

from actions.events import event_row, record
from actions.house import House
from actions.rulebook import open_rulebook
from actions.windows.locked import lock_window
from config.vocabulary import EventKind
from models.database import transaction


def override_gate(house: House, campaign: str, window: str, *, reason: str, actor: str, now: datetime) -> bool:
    """Let a window close with its reasons on record; return whether it had not been overridden before.

    It closes at the next patrol, though never before its planned close. Raises Refusal for a window that
    is unknown, not open yet or closed.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        place, row = lock_window(session, rulebook, window)
        if row.overridden_at is not None:
            return False
        row.overridden_at, row.overridden_by, row.override_reason = now, actor, reason
        session.add(row)
        overridden = event_row(
            EventKind.GATE_OVERRIDDEN,
            place.label,
            at=now,
            actor=actor,
            campaign_id=rulebook.campaign_id,
            reason=reason,
        )
        record(session, overridden)
        return True
