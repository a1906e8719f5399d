"""Lift a silence: people are reminded again."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import select

from actions.events import event_row, record
from actions.house import House
from config.errors import Refusal, Unknown
from config.said import Said
from config.vocabulary import EventKind
from models.database import transaction
from models.dialects import count_changed, table_of
from models.scope import EVERYTHING, Scope
from models.silence import Silence, inside


def lift_silence(house: House, number: int, *, actor: str, now: datetime, scope: Scope = EVERYTHING) -> bool:
    """End a silence before its time, or call it off; False when it was lifted before.

    The next patrol tells what was deferred. Raises Unknown for a number that is not there, or not inside the scope,
    and Refusal for one that is over.
    """
    with transaction(house.engine) as session:
        found = session.exec(select(Silence).where(Silence.id == number, inside(scope))).one_or_none()
        if found is None:
            raise Unknown(
                "silence {number}: there is none of this number",
                hint=Said("`rollcall silence list` shows them"),
                number=number,
            )
        if found.lifted_at is None and found.ends_at <= now:
            raise Refusal("silence {number}: it is over; there is nothing left to lift", number=number)
        table = table_of(Silence)
        turn = update(table).where(table.c.id == number, table.c.lifted_at.is_(None))
        if not count_changed(session, turn.values(lifted_at=now, lifted_by=actor)):
            return False
        lifted = event_row(
            EventKind.SILENCE_LIFTED,
            f"silence {number}",
            at=now,
            actor=actor,
            branch_id=found.branch_id,
            before={"ends_at": found.ends_at},
            after={"ends_at": now},
        )
        record(session, lifted)
        return True
