"""Revoke the feeds of a user: their addresses open nothing any more."""

from datetime import datetime

from actions.events import event_row, record
from actions.house import House
from config.vocabulary import EventKind
from models.database import transaction
from models.queries import find_user


def revoke_feeds(house: House, login: str, *, actor: str, now: datetime) -> None:
    """Raise the user's `link_epoch`; those of officers go with the officer's. Unknown for an unknown login."""
    with transaction(house.engine) as session:
        user = find_user(session, login)
        user.link_epoch += 1
        session.add(user)
        record(session, event_row(EventKind.LINKS_REVOKED, f"user {user.login}", at=now, actor=actor))
