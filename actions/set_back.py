"""Have an officer told again who was away."""

from datetime import datetime

from actions.events import event_row, record
from actions.house import House
from actions.registry.absences import absence_facts, lock_officers
from config.vocabulary import EventKind
from models.database import transaction
from models.scope import EVERYTHING, Scope


def set_back(house: House, officer: str, *, actor: str, now: datetime, scope: Scope = EVERYTHING) -> bool:
    """Have an officer told again who was away; False when there was no absence.

    What is planned for the deputy and not sent falls, and the next patrol tells the officer. Raises Unknown
    for an officer who is not there, or not inside the scope.
    """
    with transaction(house.engine) as session:
        (returned,) = lock_officers(session, officer, scope=scope)
        was = absence_facts(session, returned)
        if was is None:
            return False
        returned.deputy_id = returned.away_from = returned.away_until = None
        session.add(returned)
        session.flush()
        record(session, event_row(EventKind.OFFICER_BACK, officer, at=now, actor=actor, before=was))
        return True
