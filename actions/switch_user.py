"""Take a user's access away, and give it back."""

from datetime import datetime

from sqlalchemy import update

from actions.access.keepers import refuse_to_lose_last_keeper
from actions.access.logins import end_logins
from actions.events import event_row, record
from actions.house import House
from config.vocabulary import EventKind, UserStatus
from models.database import transaction
from models.dialects import table_of
from models.queries import find_user
from models.user import Token


def switch_user(house: House, login: str, status: UserStatus, *, actor: str, now: datetime) -> bool:
    """Disable or enable a user; False when they were so already.

    Disabling ends every login, and revokes every token for good. Raises Refusal for an unknown user, and for
    the last one who keeps the users.
    """
    with transaction(house.engine) as session:
        user = find_user(session, login, lock=True)
        if user.status is status:
            return False
        before, user.status = user.status, status
        if status is UserStatus.DISABLED:
            refuse_to_lose_last_keeper(session, user)
            end_logins(session, user, now=now)
            token = table_of(Token)
            living = update(token).where(token.c.user_id == user.id, token.c.revoked_at.is_(None))
            session.execute(living.values(revoked_at=now))
        switched = event_row(
            EventKind.USER_CHANGED,
            f"user {user.login}",
            at=now,
            actor=actor,
            before={"status": before},
            after={"status": status},
        )
        record(session, switched)
    return True
