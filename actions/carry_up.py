"""Carry what was counted in a campaign up the tree."""

from sqlalchemy import select
from sqlmodel import col

from actions.assignments.subtotals import carry
from actions.house import House
from models.assignment import Counter
from models.campaign import Stage
from models.database import snapshot, transaction
from models.queries import find_campaign
from models.window import Window


def carry_up(house: House, campaign: str) -> None:
    """Add to the subtotals what was counted since the last time, a window a transaction; repeated, nothing changes.

    Killed between two windows, the others are carried up by the next patrol; readers add what is not. No event:
    nothing is decided. Raises Refusal for an unknown campaign.
    """
    with snapshot(house.engine) as session:
        waiting = session.scalars(
            select(col(Window.id))
            .join(Stage, col(Stage.id) == Window.stage_id)
            .where(
                col(Stage.campaign_id) == find_campaign(session, campaign).id,
                select(Counter).where(col(Counter.window_id) == Window.id, ~col(Counter.is_carried)).exists(),
            )
            .order_by(col(Window.id))
        ).all()
    for window_id in waiting:
        with transaction(house.engine) as session:
            carry(session, window_id)
