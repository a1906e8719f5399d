"""Those who keep the users: coordinators of everything, of whom one has to be left."""

from sqlalchemy import or_
from sqlmodel import Session, col, select

from config.errors import Refusal
from config.vocabulary import UserRole, UserStatus
from models.dialects import one_after_another
from models.user import User


def refuse_to_lose_last_keeper(session: Session, changed: User) -> None:
    """Raise Refusal when nobody else is left who keeps the users, and `changed`, as it was altered, does not either.

    Of two that are taken off at once the later is refused.
    """
    one_after_another(session, "keepers of users")
    if changed.status is UserStatus.ACTIVE and changed.role is UserRole.COORDINATOR and changed.unit_id is None:
        return
    others = select(User.id).where(
        col(User.id) != changed.id,
        User.status == UserStatus.ACTIVE,
        User.role == UserRole.COORDINATOR,
        col(User.unit_id).is_(None),
        or_(col(User.password_hash).is_not(None), col(User.subject).is_not(None)),
    )
    if session.exec(others.limit(1)).one_or_none() is None:
        raise Refusal(
            "user {login}: is the last coordinator of everything; make another one first", login=changed.login
        )
