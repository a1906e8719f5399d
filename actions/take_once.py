"""Take a form once: its repeat leads where the first led, and adds nothing."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from actions.answer_once import KEPT
from actions.house import House
from models.database import joint_transaction, transaction
from models.dialects import count_changed, insert_found, table_of
from models.form import TakenForm


def take_once(house: House, digest: str, act: Callable[[], str], *, now: datetime) -> str:
    """Do what a form asks for and return where it leads; both are kept in one transaction, for 24 hours.

    A repeat that comes while the first is still at work waits for it. What is refused keeps nothing, so the same
    form may be sent again. Raises whatever `act` raises.
    """
    taken = table_of(TakenForm)
    own = taken.c.digest == digest
    with joint_transaction(house.engine):
        with transaction(house.engine) as session:
            session.execute(delete(taken).where(own, taken.c.at <= now - KEPT))
            row = {"digest": digest, "led_to": "", "at": now}
            given = select(*(bindparam(name, value, type_=taken.c[name].type) for name, value in row.items()))
            if not count_changed(session, insert_found(TakenForm, list(row), given, "(digest) DO NOTHING")):
                led_to: str = session.execute(select(taken.c.led_to).where(own)).scalar_one()
                return led_to
        leads_to = act()
        with transaction(house.engine) as session:
            session.execute(update(taken).where(own).values(led_to=leads_to))
        return leads_to
