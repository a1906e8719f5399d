"""Find who asks, by the secret that a browser or a program shows."""

from datetime import datetime

from sqlmodel import Session, col, select

from actions.access.caller import Caller
from actions.access.scopes import scope_of_officer, scope_of_unit
from actions.access.secrets import digest_of
from actions.house import House
from config.vocabulary import UserStatus
from models.database import snapshot
from models.officer import Officer
from models.user import Login, User
from rules.permissions import permissions_of


def find_by_login(house: House, secret: str, *, now: datetime) -> Caller | None:
    """Return whose browser shows this secret; None when it is none of ours, has ended, or its user is disabled."""
    query = (
        select(User)
        .join(Login, col(Login.user_id) == User.id)
        .where(
            col(Login.digest) == digest_of(secret),
            col(Login.ended_at).is_(None),
            col(Login.ends_at) > now,
            col(User.status) == UserStatus.ACTIVE,
        )
    )
    with snapshot(house.engine) as session:
        user = session.exec(query).one_or_none()
        return None if user is None else caller_of(session, user, now)


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
