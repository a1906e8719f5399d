"""Change one's own password."""

from datetime import datetime

from actions.access.logins import end_logins
from actions.access.passwords import hash_password, is_right
from actions.access.tries import begin_try, forget_try
from actions.events import event_row, record
from actions.house import House
from config.errors import Refusal, Stale
from config.vocabulary import EventKind
from models.database import snapshot, transaction
from models.queries import find_user


class WrongPassword(Refusal):
    """The old password is another one."""


def change_password(house: House, login: str, old: str, new: str, *, came_from: str, now: datetime) -> None:
    """Give a user another password, who knows the old one; every login of theirs ends.

    Raises WrongPassword for a wrong old one, Refusal for one that is too short or too long, and a user without one;
    TooOften while the login or the address has to wait, as with logging in; Stale when the password was
    changed by somebody else meanwhile.
    """
    with snapshot(house.engine) as session:
        kept = find_user(session, login).password_hash
    if kept is None:
        raise Refusal("you log in by single sign-on and have no password here")
    begun = begin_try(house, login, came_from, now=now)
    if not is_right(old, kept):
        raise WrongPassword("the old password is wrong")
    hashed = hash_password(new)
    with transaction(house.engine) as session:
        user = find_user(session, login, lock=True)
        if user.password_hash != kept:
            raise Stale("your password was changed meanwhile; log in with the new one")
        user.password_hash = hashed
        forget_try(session, begun)
        end_logins(session, user, now=now)
        changed = event_row(EventKind.USER_CHANGED, f"user {login}", at=now, actor=login, after={"password": "changed"})
        record(session, changed)
