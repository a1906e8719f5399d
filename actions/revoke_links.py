"""Revoke every link that was sent to an officer."""

from datetime import datetime

from actions.events import event_row, record
from actions.house import House
from actions.registry.absences import lock_officers
from config.vocabulary import EventKind
from models.database import transaction
from models.scope import EVERYTHING, Scope


def revoke_links(house: House, officer: str, *, actor: str, now: datetime, scope: Scope = EVERYTHING) -> None:
    """Make every link void that an officer was sent so far; the next message brings a new one.

    Raises Unknown for an officer who is not there, or not inside the scope.
    """
    with transaction(house.engine) as session:
        (owner,) = lock_officers(session, officer, scope=scope)
        owner.link_epoch += 1
        record(session, event_row(EventKind.LINKS_REVOKED, officer, at=now, actor=actor))
