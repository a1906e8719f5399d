"""Log in by single sign-on: a provider has said who somebody is."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from actions.access.logins import LoggedIn, start_login
from actions.events import event_row, record
from actions.house import House
from config.errors import Refusal
from config.one_line import is_one_line
from config.vocabulary import EventKind, UserStatus
from models.database import transaction
from models.user import LONGEST_SUBJECT, User


@dataclass(frozen=True, slots=True)
class Proved:
    """What the provider says: its own name for somebody, for good, and an address that it has verified."""

    subject: str
    email: str | None


def log_in_by_subject(house: House, proved: Proved, *, agent: str, now: datetime) -> LoggedIn:
    """Let in the user of a subject; at first, the one without a subject whose login is the verified address.

    From then on the subject is that user's. No user is made. Raises Refusal when there is none, and for a
    disabled one, alike.
    """
    with transaction(house.engine) as session:
        user = _known(session, proved.subject) or _claimed(session, proved, now)
        if user is None or user.status is not UserStatus.ACTIVE:
            raise Refusal("nobody here is known by your single sign-on; ask a coordinator to add you")
        return start_login(session, user, agent, now=now)


def _known(session: Session, subject: str) -> User | None:
    if not is_one_line(subject) or len(subject) > LONGEST_SUBJECT:
        raise Refusal("the provider of single sign-on gives a name that cannot be kept")
    return session.exec(select(User).where(User.subject == subject)).one_or_none()


def _claimed(session: Session, proved: Proved, now: datetime) -> User | None:
    """Give the subject to the active user whose login is the verified address, and who has none yet."""
    login = (proved.email or "").casefold()
    if not login or not is_one_line(login):
        return None
    nobodys = select(User).where(User.login == login, col(User.subject).is_(None), User.status == UserStatus.ACTIVE)
    user = session.exec(nobodys.with_for_update()).one_or_none()
    if user is not None:
        user.subject = proved.subject
        after = {"subject": proved.subject}
        linked = event_row(EventKind.USER_CHANGED, f"user {login}", at=now, actor=login, after=after)
        record(session, linked)
    return user
