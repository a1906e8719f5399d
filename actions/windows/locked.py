"""Read a window for a decision on its gate."""

from datetime import date

from sqlmodel import Session, select

from actions.rulebook import Rulebook
from actions.titles import name_window
from config.errors import Refusal
from config.vocabulary import WindowStatus
from models.queries import WindowPlace, find_window
from models.window import Window


def lock_window(session: Session, rulebook: Rulebook, name: str) -> tuple[WindowPlace, Window]:
    """Lock the window named `stage/wave`; Refusal when it is unknown, closed or not open yet."""
    place = find_window(session, rulebook.campaign, name)
    locked = select(Window).where(Window.id == place.window.id).with_for_update()
    row = session.exec(locked.execution_options(populate_existing=True)).one()
    check_undecided(name_window(rulebook, place), row.status, row.first_day)
    return place, row


def check_undecided(window: str, status: WindowStatus, first_day: date) -> None:
    """Refuse a decision on the gate of a window that is closed, or not open yet."""
    if status is WindowStatus.CLOSED:
        raise Refusal("gate {window}: the window is closed already", window=window)
    if status is WindowStatus.PLANNED:
        raise Refusal("gate {window}: the window is not open yet; it opens on {day}", window=window, day=first_day)
