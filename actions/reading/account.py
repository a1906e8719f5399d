"""Read what belongs to one user: the browsers they are logged in with, and their tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from actions.access.logins import is_alive
from actions.access.secrets import digest_of
from actions.access.stands import user_as_seen
from actions.house import House
from config.vocabulary import Language, TokenScope
from models.database import snapshot
from models.queries import find_user
from models.user import Login, Token, User


@dataclass(frozen=True, slots=True)
class BrowserState:
    """A browser in which a user is logged in; `agent` is what it calls itself."""

    agent: str
    started_at: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class TokenState:
    """A token that is good."""

    number: int
    name: str
    scopes: tuple[TokenScope, ...]
    added_at: datetime
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Account:
    """What a user has here; the browser last used and the token last added come first.

    `seen` is what the form about name and language bears.
    """

    name: str
    language: Language | None
    seen: str
    has_password: bool
    browsers: Sequence[BrowserState]
    tokens: Sequence[TokenState]


def read_account(house: House, login: str, secret: str, *, now: datetime) -> Account:
    """Read the account of a user who asks with a browser of this secret."""
    with snapshot(house.engine) as session:
        user = find_user(session, login)
        return Account(
            user.name,
            user.language,
            user_as_seen(user),
            user.password_hash is not None,
            _browsers(session, user, secret, now),
            _tokens(session, user, now),
        )


def _browsers(session: Session, user: User, secret: str, now: datetime) -> list[BrowserState]:
    living = select(Login).where(col(Login.user_id) == user.id, is_alive(now))
    this = digest_of(secret)
    return [
        BrowserState(login.agent, login.started_at, login.seen_at, login.digest == this)
        for login in session.exec(living.order_by(col(Login.seen_at).desc(), col(Login.id).desc()))
    ]


def _tokens(session: Session, user: User, now: datetime) -> list[TokenState]:
    living = select(Token).where(
        col(Token.user_id) == user.id, col(Token.revoked_at).is_(None), col(Token.expires_at) > now
    )
    return [
        TokenState(
            token.id,
            token.name,
            tuple(map(TokenScope, token.scopes.split())),
            token.added_at,
            token.expires_at,
            token.used_at,
        )
        for token in session.exec(living.order_by(col(Token.id).desc()))
    ]
