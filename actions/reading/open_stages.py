"""Find the stages that are open now, whether or not anything in them is due."""

from sqlmodel import col

from actions.house import House
from actions.reading.due_stages import StageCall, stage_calls
from config.vocabulary import AT_WORK
from models.database import snapshot
from models.window import Window


def find_open_stages(house: House) -> tuple[StageCall, ...]:
    """Return every stage with an open or held window, stage by stage of each campaign."""
    with snapshot(house.engine) as session:
        return tuple(stage_calls(session, col(Window.status).in_(AT_WORK)))
