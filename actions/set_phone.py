"""Set the number that an officer is called at."""

from datetime import datetime

from actions.events import event_row, record
from actions.house import House
from actions.registry.absences import lock_officers
from actions.registry.phones import check_phone
from config.vocabulary import EventKind
from models.database import transaction
from models.scope import EVERYTHING, Scope


def set_phone(
    house: House, officer: str, phone: str | None, *, actor: str, now: datetime, scope: Scope = EVERYTHING
) -> bool:
    """Keep a number, sealed, or forget it; False when it is as it was. The number stands in no event.

    Raises Unknown for an officer who is not there, or not inside the scope, and Refusal for what is no number.
    """
    number = check_phone(phone) if phone else None
    with transaction(house.engine) as session:
        (found,) = lock_officers(session, officer, scope=scope)
        before = house.seal.open(found.phone) if found.phone else None
        if before == number:
            return False
        found.phone = house.seal.close(number) if number else None
        session.add(found)
        was = {"phone": "none" if before is None else "kept"}
        after = {"phone": "none" if number is None else "kept" if before is None else "another"}
        record(session, event_row(EventKind.OFFICER_CHANGED, officer, at=now, actor=actor, before=was, after=after))
        return True
