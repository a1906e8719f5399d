"""Logins: begun in a browser, ended by hand, by time or with what they were proved by."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, delete, or_, update
from sqlmodel import Session, and_, col

from actions.access.secrets import digest_of, new_secret
from actions.events import event_row, record
from config.vocabulary import EventKind
from models.dialects import count_changed, table_of
from models.user import Login, User

LASTS = timedelta(days=7)
"""A login ends then, however much it is used."""

IDLE = timedelta(hours=12)
"""A login that was not used for so long has ended."""

KEPT = timedelta(days=30)
"""How long a login that has ended stays in the table."""

LONGEST_AGENT = 200


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """What the browser is given to keep, and until when it is good."""

    secret: str = field(repr=False)
    ends_at: datetime


def start_login(session: Session, user: User, agent: str, *, now: datetime) -> LoggedIn:
    """Begin a login of a user who has proved who it is; `agent` is what the browser calls itself.

    What ended long ago is swept.
    """
    login = table_of(Login)
    session.execute(delete(login).where(or_(login.c.ends_at <= now - KEPT, login.c.ended_at <= now - KEPT)))
    started = LoggedIn(new_secret(), now + LASTS)
    row = Login(
        user_id=user.id,
        digest=digest_of(started.secret),
        agent=agent[:LONGEST_AGENT],
        started_at=now,
        seen_at=now,
        ends_at=started.ends_at,
    )
    session.add(row)
    record(session, event_row(EventKind.USER_LOGGED_IN, f"user {user.login}", at=now, actor=user.login))
    return started


ALIVE = and_(
    col(Login.ended_at).is_(None),
    col(Login.ends_at) > bindparam("now"),
    col(Login.seen_at) > bindparam("idle_since"),
)
"""Selects, in a query that has `Login` in it, those that have not ended; what it compares with is `alive_at`."""


def alive_at(now: datetime) -> dict[str, datetime]:
    """Return the parameters of ALIVE."""
    return {"now": now, "idle_since": now - IDLE}


def is_alive(now: datetime) -> ColumnElement[bool]:
    """Select, in a query that has `Login` in it, those that have not ended."""
    return ALIVE.params(alive_at(now))


def end_logins(session: Session, user: User, *, now: datetime, but: str | None = None) -> int:
    """End the logins of a user, except the one of the secret `but`; return how many were alive."""
    kept = digest_of(but) if but is not None else ""
    ending = update(table_of(Login)).where(col(Login.user_id) == user.id, is_alive(now), col(Login.digest) != kept)
    return count_changed(session, ending.values(ended_at=now))
