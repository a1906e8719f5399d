"""Forget the answers to writes, and the forms taken, that are kept no longer."""

from datetime import datetime

from sqlalchemy import delete

from actions.answer_once import KEPT
from actions.house import House
from models.database import transaction
from models.dialects import count_changed, table_of
from models.form import TakenForm
from models.user import Reply


def forget_answers(house: House, *, now: datetime) -> int:
    """Delete what is kept no longer, and return how many rows; harmless when repeated."""
    with transaction(house.engine) as session:
        kept = (table_of(Reply), table_of(TakenForm))
        return sum(count_changed(session, delete(table).where(table.c.at <= now - KEPT)) for table in kept)
