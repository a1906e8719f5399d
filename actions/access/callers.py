"""Find who asks, by the secret that a browser or a program shows."""

from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from actions.access.caller import Caller
from actions.access.logins import is_alive
from actions.access.scopes import scope_of_officer, scope_of_unit
from actions.access.secrets import digest_of
from actions.house import House
from config.vocabulary import TokenScope, UserStatus
from models.database import snapshot, transaction
from models.dialects import table_of
from models.officer import Officer
from models.user import Login, Token, User
from rules.permissions import permissions_of, permissions_of_token

NOTED_EVERY = timedelta(minutes=5)
"""How exactly it is known when a secret was last shown: noting it each time would make every reading a writing."""


def find_by_login(house: House, secret: str, *, now: datetime) -> Caller | None:
    """Return whose browser shows this secret; None when it is none of ours, has ended, or its user is disabled.

    That it was shown is noted, once in five minutes.
    """
    query = (
        select(User, Login)
        .join(Login, col(Login.user_id) == User.id)
        .where(
            col(Login.digest) == digest_of(secret),
            is_alive(now),
            col(User.status) == UserStatus.ACTIVE,
        )
    )
    with snapshot(house.engine) as session:
        found = session.exec(query).one_or_none()
        if found is None:
            return None
        user, login = found
        caller = caller_of(session, user, now)
    _note_use(house, login, login.seen_at, "seen_at", now)
    return caller


def find_by_token(house: House, secret: str, *, now: datetime) -> Caller | None:
    """Return in whose name a program asks, who may do no more than the token's scopes say.

    None when the secret is none of ours, has expired or was revoked, or its user is disabled. That it was
    shown is noted, once in five minutes.
    """
    query = (
        select(User, Token)
        .join(Token, col(Token.user_id) == User.id)
        .where(
            col(Token.digest) == digest_of(secret),
            col(Token.revoked_at).is_(None),
            col(Token.expires_at) > now,
            col(User.status) == UserStatus.ACTIVE,
        )
    )
    with snapshot(house.engine) as session:
        found = session.exec(query).one_or_none()
        if found is None:
            return None
        user, token = found
        scopes = frozenset(map(TokenScope, token.scopes.split()))
        caller = caller_of(session, user, now).narrowed(permissions_of_token(scopes))
    _note_use(house, token, token.used_at, "used_at", now)
    return caller


def caller_of(session: Session, user: User, now: datetime) -> Caller:
    """Return a user as a caller, with the scope as the tree is now."""
    officer = session.get(Officer, user.officer_id) if user.officer_id is not None else None
    scope = scope_of_officer(session, officer, now) if officer else scope_of_unit(session, user.unit_id)
    return Caller(
        actor=user.login,
        name=user.name,
        scope=scope,
        permissions=permissions_of(user.role, sees_everything=scope.is_everything),
        role=user.role,
        user_id=user.id,
        officer_id=user.officer_id,
        language=user.language,
    )


def _note_use(house: House, shown: Login | Token, last: datetime | None, column: str, now: datetime) -> None:
    """Note that a secret was shown, where that is not known already; of several requests at once one does it."""
    if last is not None and last > now - NOTED_EVERY:
        return
    noted = table_of(type(shown))
    is_old = or_(noted.c[column].is_(None), noted.c[column] <= now - NOTED_EVERY)
    with transaction(house.engine) as session:
        session.execute(update(noted).where(noted.c.id == shown.id, is_old).values({column: now}))
