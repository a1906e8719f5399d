"""The campaigns there are, each with how it stands."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import col

from actions.house import House
from actions.reading.overview.counts import read_counts, tally_of
from actions.reading.overview.ground import Ground, open_ground
from actions.reading.overview.windows import read_enrolled
from config.definition.text import Text
from config.vocabulary import AT_WORK, CampaignStatus, WindowStatus
from models.campaign import Campaign
from models.database import snapshot
from models.scope import EVERYTHING, Scope
from rules.deadlines import local_day
from rules.progress import Tally


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """A window that has opened and not closed."""

    title: Text
    wave_name: Text
    status: WindowStatus
    last_day: date


@dataclass(frozen=True, slots=True)
class CampaignCard:
    """A campaign as far as a scope reaches."""

    campaign: str
    title: Text
    status: CampaignStatus
    launched_on: date
    branches: int
    tally: Tally
    open: tuple[OpenWindow, ...]


def read_cards(house: House, *, now: datetime, scope: Scope = EVERYTHING) -> tuple[CampaignCard, ...]:
    """Read the campaigns that have a branch inside the scope: those that run before the others, the newest first."""
    newest_first = (col(Campaign.launched_at).desc(), col(Campaign.id).desc())
    is_over = col(Campaign.status) == CampaignStatus.ENDED
    with snapshot(house.engine) as session:
        codes = session.scalars(select(col(Campaign.code)).order_by(is_over, *newest_first)).all()
        cards = (_card(open_ground(session, house, code, scope, now=now)) for code in codes)
        return tuple(card for card in cards if card.branches)


def _card(ground: Ground) -> CampaignCard:
    campaign, definition = ground.rulebook.campaign, ground.rulebook.definition
    enrolled = read_enrolled(ground)
    return CampaignCard(
        campaign=campaign.code,
        title=definition.title,
        status=campaign.status,
        launched_on=local_day(campaign.launched_at, definition.zone),
        branches=sum(enrolled.values()),
        tally=tally_of(ground, read_counts(ground, by_part=False)),
        open=tuple(
            OpenWindow(
                definition.stage(place.stage.code).title,
                definition.wave(place.wave.code).name,
                place.window.status,
                place.window.last_day,
            )
            for place in ground.places
            if place.window.status in AT_WORK and enrolled.get(place.wave.id)
        ),
    )
