"""Add a user: somebody who may log in to the pages."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import select

from actions.access.passwords import hash_password
from actions.access.places import check_place
from actions.events import event_row, record
from actions.house import House
from config.errors import Refusal
from config.one_line import check_name
from config.vocabulary import EventKind, Language, UserRole
from models.database import transaction
from models.queries import find_officer, find_unit
from models.user import LONGEST_NAME, LONGEST_SUBJECT, User

_LOGIN = re.compile(r"[\w.@+-]{1,100}")


@dataclass(frozen=True, slots=True)
class NewUser:
    """Somebody to be added; `unit` and `officer` say where the role holds, neither means everywhere.

    Without a password it logs in by single sign-on alone, as `subject`.
    """

    login: str
    name: str
    role: UserRole
    password: str | None = field(default=None, repr=False)
    unit: str | None = None
    officer: str | None = None
    subject: str | None = None
    language: Language | None = None


def check_login(text: str) -> str:
    """Return a login as it is kept; Refusal for what cannot be one."""
    login = text.strip().casefold()
    if not _LOGIN.fullmatch(login):
        raise Refusal("login {login}: use letters, digits and . _ @ + - alone, at most 100", login=text[:100])
    return login


def add_user(house: House, new: NewUser, *, actor: str, now: datetime) -> str:
    """Add a user, and return the login as it is kept.

    Raises Refusal for a login that is taken or cannot be one, a password too short, an unknown unit or officer,
    and a scope that does not belong to the role.
    """
    login = check_login(new.login)
    name = check_name(new.name, LONGEST_NAME)
    check_place(login, new.role, new.unit, new.officer)
    hashed = hash_password(new.password) if new.password is not None else None
    if new.subject is not None:
        check_name(new.subject, LONGEST_SUBJECT)
    elif hashed is None:
        raise Refusal("user {login}: needs a password, or the subject of single sign-on", login=login)
    with transaction(house.engine) as session:
        if session.exec(select(User.id).where(User.login == login)).one_or_none() is not None:
            raise Refusal("user {login}: is there already", login=login)
        if new.subject is not None and session.exec(select(User.id).where(User.subject == new.subject)).first():
            raise Refusal("user {login}: this subject of single sign-on is another user's", login=login)
        user = User(
            login=login,
            name=name,
            role=new.role,
            unit_id=find_unit(session, new.unit).id if new.unit else None,
            officer_id=find_officer(session, new.officer).id if new.officer else None,
            password_hash=hashed,
            subject=new.subject,
            language=new.language,
            added_at=now,
            added_by=actor,
        )
        session.add(user)
        added = {"role": new.role, "unit": new.unit, "officer": new.officer}
        record(session, event_row(EventKind.USER_ADDED, f"user {login}", at=now, actor=actor, after=added))
    return login
