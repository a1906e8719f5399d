"""What a running campaign is decided by: its definition, calendar, zone and ladder."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from sqlmodel import Session

from actions.house import House
from config.calendars import Calendar, load_calendar
from config.definition.schema import Definition
from models.campaign import Campaign
from models.queries import find_campaign
from rules.reminders import Ladder


@dataclass(frozen=True)
class Rulebook:
    """A campaign's row with the rules it runs by; made for one action and let go."""

    campaign: Campaign
    definition: Definition
    calendar: Calendar

    @cached_property
    def zone(self) -> ZoneInfo:
        """The campaign's own zone, in which its days are counted."""
        return ZoneInfo(self.definition.timezone)

    @cached_property
    def ladder(self) -> Ladder:
        """The reminder ladder on the campaign's calendar."""
        return Ladder(self.definition.reminders, self.calendar, self.zone)

    @property
    def campaign_id(self) -> int:
        """The campaign's row id."""
        return self.campaign.id


def open_rulebook(session: Session, house: House, code: str) -> Rulebook:
    """Read the rules of a campaign; Refusal when there is no such campaign."""
    return rulebook_of(house, find_campaign(session, code))


def rulebook_of(house: House, campaign: Campaign) -> Rulebook:
    """Read the rules out of a campaign's own copy of its definition."""
    definition = parse_definition(campaign.definition)
    return Rulebook(campaign, definition, load_calendar(definition.calendar, house.settings.calendar_folder))


@lru_cache(maxsize=64)
def parse_definition(definition: str) -> Definition:
    """Parse a definition once for each text: it is frozen, and every answer asks for it."""
    return Definition.model_validate_json(definition)
