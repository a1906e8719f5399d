"""Approve a gate."""

from datetime import datetime

from actions.events import event_row, record
from actions.house import House
from actions.rulebook import open_rulebook
from actions.titles import name_window
from actions.windows.locked import lock_window
from config.errors import Refusal
from config.vocabulary import EventKind
from models.database import transaction


def approve_gate(house: House, campaign: str, window: str, *, actor: str, now: datetime) -> bool:
    """Approve the gate of a window named `stage/wave`; return whether it had not been approved before.

    The window closes at the next patrol when nothing else blocks it. Raises Refusal for a window that is
    unknown, not open yet or closed, and for a gate that asks for no approval.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        place, row = lock_window(session, rulebook, window)
        if not rulebook.definition.stage(place.stage.code).gate.approval:
            raise Refusal("gate {window}: asks for no approval", window=name_window(rulebook, place))
        if row.approved_at is not None:
            return False
        row.approved_at, row.approved_by = now, actor
        session.add(row)
        approved = event_row(
            EventKind.GATE_APPROVED, place.label, at=now, actor=actor, campaign_id=rulebook.campaign_id
        )
        record(session, approved)
        return True
