"""Find the stages that are open now, whether or not anything in them is due."""

from collections import defaultdict

from sqlalchemy import select
from sqlmodel import col

from actions.house import House
from actions.reading.due_stages import AT_WORK, StageCall
from config.vocabulary import StageKind
from models.campaign import Campaign, Stage, Wave
from models.database import snapshot
from models.window import Window


def find_open_stages(house: House) -> tuple[StageCall, ...]:
    """Return every stage with an open or held window, stage by stage of each campaign."""
    query = (
        select(col(Campaign.code), col(Stage.code), col(Stage.kind), col(Wave.code))
        .select_from(Window)
        .join(Stage, col(Stage.id) == Window.stage_id)
        .join(Wave, col(Wave.id) == Window.wave_id)
        .join(Campaign, col(Campaign.id) == Stage.campaign_id)
        .where(col(Window.status).in_(AT_WORK))
        .order_by(col(Campaign.id), col(Stage.position), col(Wave.position))
    )
    waves: defaultdict[tuple[str, str, StageKind], list[str]] = defaultdict(list)
    with snapshot(house.engine) as session:
        for campaign, stage, kind, wave in session.execute(query).tuples():
            waves[campaign, stage, kind].append(wave)
    return tuple(StageCall(*stage, waves=tuple(codes)) for stage, codes in waves.items())
