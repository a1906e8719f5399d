"""Approve a gate, or override it."""

from datetime import datetime

from sqlmodel import Session, select

from actions.events import event_row, record
from actions.house import House
from actions.rulebook import Rulebook, open_rulebook
from config.errors import Refusal
from config.vocabulary import EventKind, WindowStatus
from models.database import transaction
from models.queries import WindowPlace, find_window
from models.window import Window


def approve_gate(house: House, campaign: str, window: str, *, actor: str, now: datetime) -> bool:
    """Approve the gate of a window named `stage/wave`; return whether it had not been approved before.

    The window closes at the next patrol when nothing else blocks it. Raises Refusal for a window that is
    unknown, not open yet or closed, and for a gate that asks for no approval.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        place, row = _lock(session, rulebook, window)
        if not rulebook.definition.stage(place.stage.code).gate.approval:
            raise Refusal(f"gate {place.label}: asks for no approval")
        if row.approved_at is not None:
            return False
        row.approved_at, row.approved_by = now, actor
        session.add(row)
        approved = event_row(
            EventKind.GATE_APPROVED, place.label, at=now, actor=actor, campaign_id=rulebook.campaign_id
        )
        record(session, approved)
        return True


def override_gate(house: House, campaign: str, window: str, *, reason: str, actor: str, now: datetime) -> bool:
    """Let a window close with its reasons on record; return whether it had not been overridden before.

    It closes at the next patrol, though never before its planned close. Raises Refusal for a window that
    is unknown, not open yet or closed.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        place, row = _lock(session, rulebook, window)
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


def _lock(session: Session, rulebook: Rulebook, name: str) -> tuple[WindowPlace, Window]:
    place = find_window(session, rulebook.campaign, name)
    locked = select(Window).where(Window.id == place.window.id).with_for_update()
    row = session.exec(locked.execution_options(populate_existing=True)).one()
    if row.status is WindowStatus.CLOSED:
        raise Refusal(f"gate {place.label}: the window is closed already")
    if row.status is WindowStatus.PLANNED:
        raise Refusal(f"gate {place.label}: the window is not open yet; it opens on {row.first_day}")
    return place, row
