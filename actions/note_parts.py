"""Note how the large parts of the tree stand in the windows of a campaign, once for each day."""

from datetime import datetime

from sqlalchemy import Date, Select, Table, func, literal, select, union_all
from sqlmodel import col

from actions.house import House
from actions.rulebook import open_rulebook
from models.assignment import Counter, Subtotal
from models.campaign import Stage
from models.database import transaction
from models.dialects import insert_found, table_of
from models.mark import PartMark
from models.window import Window
from rules.deadlines import last_allowed_day

LARGE = 10_000
"""Of units with more assignments than these, days are noted. Pages read up to twice as many one by one, so that a unit
that grows has a past by the time that it is needed."""
KEEP_LAST = "(unit_id, window_id, day) DO UPDATE SET done = excluded.done"


def note_parts(house: House, campaign: str, *, now: datetime) -> None:
    """Note what is done in each large unit and all below it, for the local day that `note_standing` notes.

    To be called when the counters have just been carried up: what was counted since is in the next note. Repeated,
    nothing changes. No event: nothing is decided. Raises Refusal for an unknown campaign.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        windows = (
            select(col(Window.id))
            .join(Stage, col(Stage.id) == Window.stage_id)
            .where(col(Stage.campaign_id) == rulebook.campaign_id, col(Window.opened_at) < now)
        )
        counted = union_all(_counts_of(table_of(Subtotal), windows), _counts_of(table_of(Counter), windows)).cte(
            "counted"
        )
        large = select(counted.c.unit_id).group_by(counted.c.unit_id).having(func.sum(counted.c.total) > LARGE)
        keys = counted.c.unit_id, counted.c.window_id
        day = literal(last_allowed_day(now, rulebook.zone), Date)
        found = select(*keys, day, func.sum(counted.c.done)).where(counted.c.unit_id.in_(large))
        columns = ["unit_id", "window_id", "day", "done"]
        session.execute(insert_found(PartMark, columns, found.group_by(*keys).order_by(*keys), KEEP_LAST))


def _counts_of(table: Table, windows: Select[tuple[int]]) -> Select[tuple[int, int, int, int]]:
    """Select what is below each unit, or what is its own."""
    columns = table.c
    counts = select(columns.unit_id, columns.window_id, columns.total, columns.done)
    return counts.where(columns.window_id.in_(windows))
