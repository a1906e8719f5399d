"""Revoke a personal token."""

from datetime import datetime

from sqlmodel import col, select

from actions.events import event_row, record
from actions.house import House
from config.errors import Unknown
from config.vocabulary import EventKind
from models.database import transaction
from models.queries import find_user
from models.user import Token


def revoke_token(house: House, login: str, number: int, *, now: datetime) -> bool:
    """Take a token of a user's own away for good; False when it was revoked already.

    Raises Unknown for a number that is no token of theirs.
    """
    with transaction(house.engine) as session:
        user = find_user(session, login)
        query = select(Token).where(col(Token.id) == number, col(Token.user_id) == user.id).with_for_update()
        token = session.exec(query).one_or_none()
        if token is None:
            raise Unknown("token {number}: you have none of this number", number=number)
        if token.revoked_at is not None:
            return False
        token.revoked_at = now
        before = {"name": token.name}
        record(session, event_row(EventKind.TOKEN_REVOKED, f"user {login}", at=now, actor=login, before=before))
    return True
