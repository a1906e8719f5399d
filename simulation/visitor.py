"""Whoever looks at a demonstration: a coordinator with a password that was made for its home."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import select

from actions.add_user import NewUser, add_user
from actions.house import House
from config.kept_secret import keep_secret
from config.vocabulary import UserRole
from models.database import snapshot
from models.user import User
from simulation.play import COORDINATOR

LOGIN = "coordinator"
FILE = "demo-password"
PASSWORD_BYTES = 9


@dataclass(frozen=True, slots=True)
class Visitor:
    """A login, and the password that it was made with."""

    login: str
    password: str = field(repr=False)


def admit_visitor(house: House, *, now: datetime) -> Visitor:
    """Return the coordinator of a demonstration, added at the first call; the same every time."""
    password = keep_secret(house.home / FILE, lambda: secrets.token_urlsafe(PASSWORD_BYTES))
    with snapshot(house.engine) as session:
        there = session.exec(select(User.id).where(User.login == LOGIN)).one_or_none()
    if there is None:
        new = NewUser(LOGIN, "演示协调员", UserRole.COORDINATOR, password)
        add_user(house, new, actor=COORDINATOR, now=now)
    return Visitor(LOGIN, password)
