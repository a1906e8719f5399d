"""What campaigns call themselves, their stages and their tasks, read from their definitions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from config.definition.schema import Definition, StageSpec
from config.definition.text import Text
from models.campaign import Campaign
from notifications.contents.unreadable import Unreadable, say_trouble


@dataclass(frozen=True, slots=True)
class CampaignWords:
    """What a campaign calls itself, its stages, its tasks and its waves, if it has several; the zone of its days."""

    title: Text
    zone: ZoneInfo
    stages: Mapping[str, StageSpec]
    tasks: Mapping[tuple[str, str], Text]
    waves: Mapping[str, Text]


def words_of(session: Session, campaigns: Collection[int]) -> dict[int, CampaignWords | Unreadable]:
    """Read the words of campaigns; a definition that cannot be read is unreadable, and costs no other anything."""
    query = (
        select(col(Campaign.id), col(Campaign.definition))
        .where(col(Campaign.id).in_(campaigns))
        .order_by(col(Campaign.id))
    )
    return {campaign: _words_or_why_not(campaign, definition) for campaign, definition in session.execute(query)}


def _words_or_why_not(campaign: int, definition: str) -> CampaignWords | Unreadable:
    try:
        return _read_words(definition)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this campaign's trouble alone
        return Unreadable(f"{say_trouble(error)} (the stored definition of campaign {campaign})")


@lru_cache(maxsize=64)
def _read_words(definition: str) -> CampaignWords:
    """Read the words of a campaign once for each text of its definition: every batch asks for them."""
    campaign = Definition.model_validate_json(definition)
    return CampaignWords(
        title=campaign.title,
        zone=ZoneInfo(campaign.timezone),
        stages={stage.code: stage for stage in campaign.stages},
        tasks={(stage.code, task.code): task.title for stage in campaign.stages for task in stage.tasks},
        waves={wave.code: wave.name for wave in campaign.waves} if len(campaign.waves) > 1 else {},
    )
