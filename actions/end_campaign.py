"""End a campaign whose windows are all closed."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, select, update
from sqlmodel import col

from actions.events import PATROL, event_row, record
from actions.house import House
from actions.measures.taking_part import keep_as_they_are
from actions.measures.work_done import keep_counters
from actions.write_summary import write_summary
from config.vocabulary import CampaignStatus, EventKind, WindowStatus
from models.campaign import Campaign, Stage
from models.database import snapshot, transaction
from models.dialects import count_changed, table_of
from models.window import Window


def end_campaign(house: House, campaign: str, *, now: datetime) -> bool:
    """Write the summary of a running campaign without a window left to close, and end it; return whether it did.

    What is counted of its branches is kept as the registry has it then, and of its work as it stands then: no branch
    that moves later and no work that is done later changes these in a report. Work still open stays open, answerable
    and chased. Killed after the summary and repeated, the summary is written again and the campaign ends once.
    """
    with snapshot(house.engine) as session:
        if session.scalar(select(col(Campaign.id)).where(*_is_over(campaign))) is None:
            return False
    write_summary(house, campaign, now=now)
    if not _end(house, campaign, now):
        return False
    # Once more: the sources of its numbers are to name what was kept, and no longer the registry.
    write_summary(house, campaign, now=now)
    return True


def _end(house: House, campaign: str, now: datetime) -> bool:
    with transaction(house.engine) as session:
        end = update(table_of(Campaign)).where(*_is_over(campaign)).values(status=CampaignStatus.ENDED, ended_at=now)
        if not count_changed(session, end):
            return False
        campaign_id = session.scalars(select(col(Campaign.id)).where(col(Campaign.code) == campaign)).one()
        keep_as_they_are(session, campaign_id)
        keep_counters(session, campaign_id)
        ended = event_row(EventKind.CAMPAIGN_ENDED, campaign, at=now, actor=PATROL, campaign_id=campaign_id)
        record(session, ended)
        return True


def _is_over(code: str) -> tuple[ColumnElement[bool], ...]:
    """Select a running campaign of that code without a window left to close."""
    left = (
        exists()
        .where(col(Stage.campaign_id) == Campaign.id, col(Window.status) != WindowStatus.CLOSED)
        .where(col(Window.stage_id) == Stage.id)
    )
    return col(Campaign.code) == code, col(Campaign.status) == CampaignStatus.RUNNING, ~left
