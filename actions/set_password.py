"""Give a user a password, whatever theirs was."""

from datetime import datetime

from actions.access.logins import end_logins
from actions.access.passwords import hash_password
from actions.events import event_row, record
from actions.house import House
from config.vocabulary import EventKind
from models.database import transaction
from models.queries import find_user


def set_password(house: House, login: str, password: str, *, actor: str, now: datetime) -> None:
    """Give a user a password; every login of theirs ends.

    Raises Refusal for an unknown user and for a password that is too short or too long.
    """
    hashed = hash_password(password)
    with transaction(house.engine) as session:
        user = find_user(session, login, lock=True)
        user.password_hash = hashed
        end_logins(session, user, now=now)
        changed = event_row(
            EventKind.USER_CHANGED, f"user {user.login}", at=now, actor=actor, after={"password": "set"}
        )
        record(session, changed)
