"""Add a personal token: a secret by which a program asks in a user's name."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.access.secrets import digest_of, new_secret
from actions.events import event_row, record
from actions.house import House
from config.errors import Refusal
from config.one_line import check_name
from config.vocabulary import EventKind, TokenScope
from models.database import transaction
from models.queries import find_user
from models.user import Token

LONGEST_NAME = 100
LONGEST = timedelta(days=366)
PREFIX = "rollcall_"
"""What every token begins with, so that one that was left in a file is known for what it is."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token to be added: what its user calls it, how far it reaches, and how long."""

    name: str
    scopes: frozenset[TokenScope]
    lasts: timedelta


def add_token(house: House, user: str, new: NewToken, *, now: datetime) -> str:
    """Add a token of a user, by login, and return its secret, which is kept nowhere.

    Raises Refusal for a name that is none, no scope at all, and a time that is over or longer than a year.
    """
    name = check_name(new.name, LONGEST_NAME)
    if not new.scopes:
        raise Refusal("token {name}: choose at least one thing that it may do", name=name)
    if not timedelta(0) < new.lasts <= LONGEST:
        raise Refusal("token {name}: lasts a day at least, and {days} at most", name=name, days=LONGEST.days)
    secret = PREFIX + new_secret()
    scopes = " ".join(sorted(new.scopes))
    with transaction(house.engine) as session:
        owner = find_user(session, user)
        token = Token(
            user_id=owner.id,
            name=name,
            digest=digest_of(secret),
            scopes=scopes,
            added_at=now,
            expires_at=now + new.lasts,
        )
        session.add(token)
        after = {"name": name, "scopes": scopes, "expires_at": now + new.lasts}
        record(session, event_row(EventKind.TOKEN_ADDED, f"user {owner.login}", at=now, actor=user, after=after))
    return secret
