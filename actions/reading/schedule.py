"""Read when the windows of a campaign run."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from actions.house import House
from actions.rulebook import parse_definition
from config.definition.text import Text
from config.vocabulary import WindowStatus
from models.branch import Branch
from models.campaign import Campaign, Enrolment, Stage, Wave
from models.database import snapshot
from models.queries import find_campaign, windows_of
from models.scope import EVERYTHING, Scope
from models.window import Window
from rules.deadlines import last_allowed_day


@dataclass(frozen=True, slots=True)
class WindowState:
    """One stage for one wave, with its first and last local day.

    `is_forecast` is true while its days follow from another window that is not closed yet; `closed_on` is the
    last day on which it was really open.
    """

    stage: str
    title: Text
    wave: str
    wave_name: Text
    status: WindowStatus
    is_forecast: bool
    first_day: date
    last_day: date
    opens_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    closed_on: date | None


def read_schedule(house: House, campaign: str, scope: Scope = EVERYTHING) -> tuple[WindowState, ...]:
    """Read the windows that branches inside the scope take part in, stage by stage; Unknown for an unknown campaign."""
    with snapshot(house.engine) as session:
        return schedule_of(session, find_campaign(session, campaign), scope)


def schedule_of(session: Session, campaign: Campaign, scope: Scope) -> tuple[WindowState, ...]:
    """Read them in an open transaction."""
    definition = parse_definition(campaign.definition)
    waves = _waves_inside(session, campaign, scope)

    def state(window: Window, stage: Stage, wave: Wave) -> WindowState:
        return WindowState(
            stage=stage.code,
            title=definition.stage(stage.code).title,
            wave=wave.code,
            wave_name=definition.wave(wave.code).name,
            status=window.status,
            is_forecast=window.awaits_id is not None,
            first_day=window.first_day,
            last_day=window.last_day,
            opens_at=window.opens_at,
            closes_at=window.closes_at,
            closed_at=window.closed_at,
            closed_on=last_allowed_day(window.closed_at, definition.zone) if window.closed_at else None,
        )

    return tuple(state(*place) for place in windows_of(session, campaign) if waves is None or place.wave.id in waves)


def _waves_inside(session: Session, campaign: Campaign, scope: Scope) -> frozenset[int] | None:
    """Return the waves that the scope's branches are in; None when that is all of them."""
    if scope.is_everything:
        return None
    query = (
        select(col(Enrolment.wave_id))
        .join(Branch, col(Branch.id) == Enrolment.branch_id)
        .where(col(Enrolment.campaign_id) == campaign.id, scope.branches)
        .distinct()
    )
    return frozenset(session.scalars(query))
