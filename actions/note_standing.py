"""Note how the windows of a campaign stand, once for each day."""

from datetime import datetime

from sqlalchemy import Date, literal, select
from sqlmodel import col

from actions.house import House
from actions.measures.work_done import CountedWork
from actions.rulebook import open_rulebook
from models.assignment import Counter
from models.campaign import Stage
from models.database import transaction
from models.dialects import insert_found
from models.mark import DayMark
from models.window import Window
from rules.deadlines import last_allowed_day

KEEP_LAST = """(window_id, day) DO UPDATE SET
total = excluded.total, done = excluded.done, in_time = excluded.in_time,
waived = excluded.waived, overdue = excluded.overdue"""


def note_standing(house: House, campaign: str, *, now: datetime) -> None:
    """Sum the counters of each window that opened before `now` into the mark of the local day that ends at or after it.

    A patrol at midnight notes the day that has just ended; the last patrol of a day stands for it. Repeated,
    nothing changes. No event: nothing is decided. Raises Refusal for an unknown campaign.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        day = last_allowed_day(now, rulebook.zone)
        total, done, in_time, waived, due, due_done, _ = CountedWork(Counter, now).tally_columns()
        found = (
            select(col(Counter.window_id), literal(day, Date), total, done, in_time, waived, due - due_done)
            .join(Window, col(Window.id) == Counter.window_id)
            .join(Stage, col(Stage.id) == Window.stage_id)
            .where(col(Stage.campaign_id) == rulebook.campaign_id, col(Window.opened_at) < now)
            .group_by(col(Counter.window_id))
            .order_by(col(Counter.window_id))
        )
        columns = ["window_id", "day", "total", "done", "in_time", "waived", "overdue"]
        session.execute(insert_found(DayMark, columns, found, KEEP_LAST))
