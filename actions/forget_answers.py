"""Forget the answers to writes that are kept no longer."""

from datetime import datetime

from sqlalchemy import delete

from actions.answer_once import KEPT
from actions.house import House
from models.database import transaction
from models.dialects import count_changed, table_of
from models.user import Reply


def forget_answers(house: House, *, now: datetime) -> int:
    """Delete the answers that are kept no longer, and return how many; harmless when repeated."""
    reply = table_of(Reply)
    with transaction(house.engine) as session:
        return count_changed(session, delete(reply).where(reply.c.at <= now - KEPT))
