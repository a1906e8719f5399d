"""Log in: a user proves by a password who it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import select

from actions.access.passwords import is_right
from actions.access.secrets import digest_of, new_secret
from actions.events import event_row, record
from actions.house import House
from config.errors import Refusal
from config.vocabulary import EventKind, UserStatus
from models.database import snapshot, transaction
from models.user import Login, User

LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """What the browser is given to keep, and until when it is good."""

    secret: str
    ends_at: datetime


def log_in(house: House, login: str, password: str, *, now: datetime) -> LoggedIn:
    """Let a user in; Refusal, the same for a wrong password, an unknown login and a disabled user."""
    with snapshot(house.engine) as session:
        user = session.exec(select(User).where(User.login == login.strip().casefold())).one_or_none()
    if not is_right(password, user.password_hash if user else None) or user is None or not _may(user):
        raise Refusal("the login or the password is wrong")
    return start_login(house, user, now=now)


def start_login(house: House, user: User, *, now: datetime) -> LoggedIn:
    """Begin a login of a user who has proved who it is."""
    started = LoggedIn(new_secret(), now + LASTS)
    with transaction(house.engine) as session:
        session.add(
            Login(
                user_id=user.id,
                digest=digest_of(started.secret),
                started_at=now,
                seen_at=now,
                ends_at=started.ends_at,
            )
        )
        record(session, event_row(EventKind.USER_LOGGED_IN, f"user {user.login}", at=now, actor=user.login))
    return started


def _may(user: User) -> bool:
    return user.status is UserStatus.ACTIVE
