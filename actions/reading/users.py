"""Read who may log in, and as what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from actions.access.stands import user_as_seen
from actions.house import House
from config.vocabulary import Language, UserRole, UserStatus
from models.database import snapshot
from models.officer import Officer
from models.queries import find_user
from models.unit import Unit
from models.user import Login, User


@dataclass(frozen=True, slots=True)
class UserState:
    """A user; `unit` and `officer` are the codes of where the role holds, neither means everywhere.

    `seen_at` is when they last used the pages, as far as it is still known; `seen` is what a form about them bears.
    """

    login: str
    name: str
    role: UserRole
    unit: str | None
    unit_name: str | None
    officer: str | None
    officer_name: str | None
    language: Language | None
    status: UserStatus
    has_password: bool
    subject: str | None
    added_at: datetime
    seen_at: datetime | None
    seen: str


def read_users(house: House) -> Sequence[UserState]:
    """Read the users by their logins."""
    with snapshot(house.engine) as session:
        return list(_states(session))


def read_user(house: House, login: str) -> UserState:
    """Read one user; Refusal when there is none of that login."""
    with snapshot(house.engine) as session:
        (state,) = _states(session, find_user(session, login))
        return state


def _states(session: Session, one: User | None = None) -> Iterator[UserState]:
    seen = select(func.max(col(Login.seen_at))).where(col(Login.user_id) == User.id).scalar_subquery()
    query = (
        select(User, col(Unit.code), col(Unit.name), col(Officer.code), col(Officer.name), seen)
        .join(Unit, col(Unit.id) == User.unit_id, isouter=True)
        .join(Officer, col(Officer.id) == User.officer_id, isouter=True)
        .order_by(col(User.login))
    )
    if one is not None:
        query = query.where(col(User.id) == one.id)
    for user, unit, unit_name, officer, officer_name, seen_at in session.execute(query).tuples():
        yield UserState(
            login=user.login,
            name=user.name,
            role=user.role,
            unit=unit,
            unit_name=unit_name,
            officer=officer,
            officer_name=officer_name,
            language=user.language,
            status=user.status,
            has_password=user.password_hash is not None,
            subject=user.subject,
            added_at=user.added_at,
            seen_at=seen_at,
            seen=user_as_seen(user),
        )
