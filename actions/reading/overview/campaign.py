"""A campaign at a glance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from actions.house import House
from actions.reading.overview.counts import read_counts, tally_of
from actions.reading.overview.curve import Curve, read_curve
from actions.reading.overview.figures import Problems, read_problems_found, read_reminders
from actions.reading.overview.ground import open_ground
from actions.reading.overview.overdue import LateOfficer, late_officers, where_most_is_overdue
from actions.reading.overview.steps import Step, read_steps
from actions.reading.overview.units import PartState, part_states
from actions.reading.overview.windows import WindowState, count_left, read_enrolled, window_states
from config.definition.schema import Definition
from config.definition.text import Text
from config.vocabulary import CampaignStatus, NoticeStatus, WindowStatus
from models.database import snapshot
from models.queries import find_unit
from models.scope import EVERYTHING, Scope
from rules.progress import Tally

FIRST_OFFICERS = 10


@dataclass(frozen=True, slots=True)
class Overview:
    """A campaign as far as a scope reaches, on its own day `today`.

    `branches` take part, `left` did and do no more. `officers` are those with most overdue in the unit
    `most_overdue_in`, None when it is all that is looked at. `returns` is the latest stage that has opened and asks
    for returns, None where there is none.
    """

    campaign: str
    title: Text
    status: CampaignStatus
    today: date
    branches: int
    left: int
    tally: Tally
    stages: tuple[tuple[str, Text], ...]
    windows: tuple[WindowState, ...]
    returns: str | None
    parts: tuple[PartState, ...]
    curve: Curve
    problems: Problems
    reminders: Mapping[NoticeStatus, int]
    officers: tuple[LateOfficer, ...]
    most_overdue_in: str | None
    steps: tuple[Step, ...]


def read_overview(house: House, campaign: str, *, now: datetime, scope: Scope = EVERYTHING) -> Overview:
    """Read how a campaign stands, where it is stuck and what to do next; Unknown when there is no such campaign."""
    with snapshot(house.engine) as session:
        ground = open_ground(session, house, campaign, scope, now=now)
        counts, enrolled = read_counts(ground), read_enrolled(ground)
        windows, parts = window_states(ground, counts, enrolled), part_states(ground, counts)
        reminders, branches = read_reminders(ground), sum(enrolled.values())
        worst = where_most_is_overdue(ground, counts)
        definition = ground.rulebook.definition
        return Overview(
            campaign=campaign,
            title=definition.title,
            status=ground.rulebook.campaign.status,
            today=ground.today,
            branches=branches,
            left=count_left(ground),
            tally=tally_of(ground, counts),
            stages=tuple((stage.code, stage.title) for stage in definition.stages),
            windows=windows,
            returns=_latest_asking_for_returns(definition, windows),
            parts=parts,
            curve=read_curve(ground, counts, enrolled),
            problems=read_problems_found(ground),
            reminders=reminders,
            officers=late_officers(worst, house, limit=FIRST_OFFICERS),
            most_overdue_in=worst.unit.name if worst.unit and worst.path != ground.path else None,
            steps=read_steps(ground, windows, parts, reminders, branches),
        )


def _latest_asking_for_returns(definition: Definition, windows: tuple[WindowState, ...]) -> str | None:
    opened = {window.stage for window in windows if window.status is not WindowStatus.PLANNED}
    asking = [stage.code for stage in definition.stages if stage.period and stage.code in opened]
    return asking[-1] if asking else None


def read_campaign_curve(
    house: House, campaign: str, *, now: datetime, scope: Scope = EVERYTHING, unit: str | None = None
) -> Curve:
    """Read planned against actual, of a unit and all below it or of all that the scope reaches; Unknown as ever."""
    with snapshot(house.engine) as session:
        ground = open_ground(session, house, campaign, scope, now=now)
        if unit is not None:
            ground = ground.seen_from(find_unit(session, unit, scope))
        return read_curve(ground, read_counts(ground), read_enrolled(ground))
