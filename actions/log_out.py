"""Log out: a browser's secret is worth nothing any more."""

from datetime import datetime

from sqlmodel import col, select

from actions.access.secrets import digest_of
from actions.events import event_row, record
from actions.house import House
from config.vocabulary import EventKind
from models.database import transaction
from models.user import Login, User


def log_out(house: House, secret: str, *, now: datetime) -> None:
    """End the login of this secret; harmless when it has ended or was none."""
    query = (
        select(Login, User)
        .join(User, col(User.id) == Login.user_id)
        .where(Login.digest == digest_of(secret), col(Login.ended_at).is_(None))
        .with_for_update(of=Login)
    )
    with transaction(house.engine) as session:
        for login, user in session.exec(query):
            login.ended_at = now
            record(session, event_row(EventKind.USER_LOGGED_OUT, f"user {user.login}", at=now, actor=user.login))
