"""Read a window for a decision on its gate."""

from sqlmodel import Session, select

from actions.rulebook import Rulebook
from config.errors import Refusal
from config.vocabulary import WindowStatus
from models.queries import WindowPlace, find_window
from models.window import Window


def lock_window(session: Session, rulebook: Rulebook, name: str) -> tuple[WindowPlace, Window]:
    """Lock the window named `stage/wave`; Refusal when it is unknown, closed or not open yet."""
    place = find_window(session, rulebook.campaign, name)
    locked = select(Window).where(Window.id == place.window.id).with_for_update()
    row = session.exec(locked.execution_options(populate_existing=True)).one()
    if row.status is WindowStatus.CLOSED:
        raise Refusal("gate {window}: the window is closed already", window=place.label)
    if row.status is WindowStatus.PLANNED:
        raise Refusal(
            "gate {window}: the window is not open yet; it opens on {day}", window=place.label, day=row.first_day
        )
    return place, row
