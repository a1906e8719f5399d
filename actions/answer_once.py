"""Answer a write once: its repeat under the same key is answered alike, and nothing is done again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import Session

from actions.house import House
from config.errors import Refusal
from models.database import joint_transaction, transaction
from models.dialects import count_changed, insert_found, table_of
from models.user import Reply

KEPT = timedelta(hours=24)
"""How long the answer to a write is kept; after that its key is as good as new."""

_STATUS_OF_NONE = 0


@dataclass(frozen=True, slots=True)
class Keyed:
    """A write that a user gave a key; `fingerprint` is the digest of what was asked, method and address included."""

    user_id: int
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What a write was answered with; `again` tells that it was done before, under the same key."""

    status: int
    body: str
    again: bool = False


class KeyTaken(Refusal):
    """A key came back with another request."""


def answer_once(house: House, keyed: Keyed | None, act: Callable[[], Answered], *, now: datetime) -> Answered:
    """Carry out a write and keep its answer, in one transaction with all that it changes.

    Killed anywhere, either both are there or neither. A repeat is answered from what was kept, for 24 hours;
    one that comes while the first is still at work waits for it. What is refused changes nothing and keeps
    nothing: its repeat is tried anew. Without a key it is carried out, all the same in one transaction.
    Raises KeyTaken when the key was used for another request, and whatever `act` raises.
    """
    with joint_transaction(house.engine):
        if keyed is None:
            return act()
        with transaction(house.engine) as session:
            earlier = _take_key(session, keyed, now)
        if earlier is not None:
            return earlier
        said = act()
        with transaction(house.engine) as session:
            _keep(session, keyed, said)
        return said


def _take_key(session: Session, keyed: Keyed, now: datetime) -> Answered | None:
    """Take the key; return what was said under it when it is taken. Of two at once the second waits for the first."""
    reply = table_of(Reply)
    own = (reply.c.user_id == keyed.user_id, reply.c.key == keyed.key)
    session.execute(delete(reply).where(*own, reply.c.at <= now - KEPT))
    row = {
        "user_id": keyed.user_id,
        "key": keyed.key,
        "fingerprint": keyed.fingerprint,
        "status": _STATUS_OF_NONE,
        "body": "",
        "at": now,
    }
    given = select(*(bindparam(name, value, type_=reply.c[name].type) for name, value in row.items()))
    if count_changed(session, insert_found(Reply, list(row), given, "(user_id, key) DO NOTHING")):
        return None
    kept = session.execute(select(reply.c.fingerprint, reply.c.status, reply.c.body).where(*own)).one()
    if kept.fingerprint != keyed.fingerprint:
        raise KeyTaken("Idempotency-Key {key}: was used for another request; take a new one", key=keyed.key)
    return Answered(kept.status, kept.body, again=True)


def _keep(session: Session, keyed: Keyed, said: Answered) -> None:
    reply = table_of(Reply)
    own = (reply.c.user_id == keyed.user_id, reply.c.key == keyed.key)
    session.execute(update(reply).where(*own).values(status=said.status, body=said.body))
