"""Log out in every browser but one."""

from datetime import datetime

from actions.access.logins import end_logins
from actions.events import event_row, record
from actions.house import House
from config.vocabulary import EventKind
from models.database import transaction
from models.queries import find_user


def log_out_elsewhere(house: House, login: str, secret: str, *, now: datetime) -> int:
    """End a user's logins except the one of this secret; return how many there were."""
    with transaction(house.engine) as session:
        user = find_user(session, login)
        ended = end_logins(session, user, now=now, but=secret)
        if ended:
            after = {"browsers": ended}
            record(session, event_row(EventKind.USER_LOGGED_OUT, f"user {login}", at=now, actor=login, after=after))
    return ended
