"""How a user stood when a form about them was made."""

from actions.seen import as_seen
from config.errors import Stale
from models.user import User


def user_as_seen(user: User) -> str:
    """Return what a form about a user bears: another one once the name, the language or the position changed."""
    return as_seen(user.name, user.language, user.role, user.unit_id, user.officer_id)


def check_user_as_seen(user: User, seen: str | None) -> None:
    """Raise Stale when a form was made from another state of the user; None is from somebody who looked at none."""
    if seen is not None and seen != user_as_seen(user):
        raise Stale("user {login}: was changed elsewhere meanwhile; nothing was changed", login=user.login)
