"""Find who asks, by the secret that a browser or a program shows."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, or_, select, update
from sqlmodel import Session, col

from actions.access.caller import Caller
from actions.access.logins import ALIVE, alive_at
from actions.access.scopes import scope_of_officer, scope_of_unit
from actions.access.secrets import digest_of
from actions.house import House
from config.vocabulary import Language, TokenScope, UserRole, UserStatus
from models.database import snapshot, transaction
from models.dialects import table_of
from models.officer import Officer
from models.user import Login, Token, User
from rules.permissions import permissions_of, permissions_of_token

NOTED_EVERY = timedelta(minutes=5)
"""How exactly it is known when a secret was last shown: noting it each time would make every reading a writing."""


class Account(NamedTuple):
    """What a caller is made from: columns of a user, since a whole row takes longer to make than to find."""

    id: int
    login: str
    name: str
    role: UserRole
    language: Language | None
    unit_id: int | None
    officer_id: int | None


_ACCOUNT = tuple(table_of(User).c[name] for name in Account._fields)
# Composed once: every request asks it.
_BY_LOGIN = (
    select(col(Login.id), col(Login.seen_at), *_ACCOUNT)
    .join(User, col(User.id) == Login.user_id)
    .where(col(Login.digest) == bindparam("digest"), ALIVE, col(User.status) == UserStatus.ACTIVE)
)
_BY_TOKEN = (
    select(col(Token.id), col(Token.used_at), col(Token.scopes), *_ACCOUNT)
    .join(User, col(User.id) == Token.user_id)
    .where(
        col(Token.digest) == bindparam("digest"),
        col(Token.revoked_at).is_(None),
        col(Token.expires_at) > bindparam("now"),
        col(User.status) == UserStatus.ACTIVE,
    )
)


def find_by_login(house: House, secret: str, *, now: datetime) -> Caller | None:
    """Return whose browser shows this secret; None when it is none of ours, has ended, or its user is disabled.

    That it was shown is noted, once in five minutes.
    """
    with snapshot(house.engine) as session:
        asked = {"digest": digest_of(secret), **alive_at(now)}
        found = session.connection().execute(_BY_LOGIN, asked).one_or_none()
        if found is None:
            return None
        key, seen_at, *account = found
        caller = caller_of(session, Account(*account), now)
    _note_use(house, Login, key, seen_at, "seen_at", now)
    return caller


def find_by_token(house: House, secret: str, *, now: datetime) -> Caller | None:
    """Return in whose name a program asks, who may do no more than the token's scopes say.

    None when the secret is none of ours, has expired or was revoked, or its user is disabled. That it was
    shown is noted, once in five minutes.
    """
    with snapshot(house.engine) as session:
        found = session.connection().execute(_BY_TOKEN, {"digest": digest_of(secret), "now": now}).one_or_none()
        if found is None:
            return None
        key, used_at, scopes, *account = found
        allowed = permissions_of_token(frozenset(map(TokenScope, scopes.split())))
        caller = caller_of(session, Account(*account), now).narrowed(allowed)
    _note_use(house, Token, key, used_at, "used_at", now)
    return caller


def caller_of(session: Session, account: Account | User, now: datetime) -> Caller:
    """Return a user as a caller, with the scope as the tree is now."""
    officer = session.get(Officer, account.officer_id) if account.officer_id is not None else None
    scope = scope_of_officer(session, officer, now) if officer else scope_of_unit(session, account.unit_id)
    return Caller(
        actor=account.login,
        name=account.name,
        scope=scope,
        permissions=permissions_of(account.role, sees_everything=scope.is_everything),
        role=account.role,
        user_id=account.id,
        officer_id=account.officer_id,
        language=account.language,
    )


def _note_use(
    house: House, shown: type[Login | Token], key: int, last: datetime | None, column: str, now: datetime
) -> None:
    """Note that a secret was shown, where that is not known already; of several requests at once one does it."""
    if last is not None and last > now - NOTED_EVERY:
        return
    noted = table_of(shown)
    is_old = or_(noted.c[column].is_(None), noted.c[column] <= now - NOTED_EVERY)
    with transaction(house.engine) as session:
        session.execute(update(noted).where(noted.c.id == key, is_old).values({column: now}))
