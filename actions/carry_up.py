"""Carry what was counted up the tree."""

from sqlalchemy import select
from sqlmodel import col

from actions.assignments.subtotals import carry
from actions.house import House
from models.assignment import Counter
from models.database import snapshot, transaction
from models.window import Window


def carry_up(house: House) -> None:
    """Add to the subtotals what was counted since the last time, a window a transaction; repeated, nothing changes.

    In campaigns that are over too: late answers count, and a unit that moved in the tree has emptied theirs. Killed
    between two windows, the others are carried up by the next patrol; readers add what is not. No event: nothing is
    decided.
    """
    with snapshot(house.engine) as session:
        has_more = select(Counter).where(col(Counter.window_id) == Window.id, ~col(Counter.is_carried)).exists()
        windows = session.scalars(select(col(Window.id)).where(has_more).order_by(col(Window.id))).all()
    for window_id in windows:
        with transaction(house.engine) as session:
            carry(session, window_id)
