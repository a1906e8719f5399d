"""Log in: a user proves by a password who it is."""

from datetime import datetime

from sqlmodel import select

from actions.access.logins import LoggedIn, start_login
from actions.access.passwords import is_right
from actions.access.tries import begin_try, forget_try
from actions.house import House
from config.errors import Refusal
from config.one_line import is_one_line
from config.vocabulary import UserStatus
from models.database import snapshot, transaction
from models.user import LONGEST_LOGIN, User


def log_in(house: House, login: str, password: str, *, came_from: str, agent: str, now: datetime) -> LoggedIn:
    """Let a user in who comes from an address with a browser that calls itself `agent`.

    Refusal, the same for a wrong password, an unknown login and a disabled user; TooOften while the login or
    the address has to wait.
    """
    name = login.strip().casefold()
    name = name if is_one_line(name) and len(name) <= LONGEST_LOGIN else ""  # nobody is called that
    begun = begin_try(house, name, came_from, now=now)
    with snapshot(house.engine) as session:
        user = session.exec(select(User).where(User.login == name)).one_or_none()
    if not is_right(password, user.password_hash if user else None):
        user = None
    with transaction(house.engine) as session:
        # The user may have been disabled or given another password while this one was looked at.
        still = session.get(User, user.id, with_for_update=True) if user else None
        if user is None or still is None or not _may(still, user):
            raise Refusal("the login or the password is wrong")
        forget_try(session, begun)
        return start_login(session, still, agent, now=now)


def _may(user: User, seen: User) -> bool:
    return user.status is UserStatus.ACTIVE and user.password_hash == seen.password_hash
