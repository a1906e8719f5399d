"""How a campaign stands: read from the counters, never from the assignments."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from actions.close_window import read_blockers
from actions.house import House
from actions.measures.taking_part import branches_taking_part, is_over
from actions.measures.work_done import CountedWork
from config.vocabulary import NoticeStatus, WindowStatus
from models.assignment import Counter
from models.campaign import Campaign
from models.database import snapshot
from models.notice import Notice
from models.queries import find_campaign, windows_of
from models.unit import Unit
from rules.gates import Blocker
from rules.progress import Tally


@dataclass(frozen=True, slots=True)
class WindowStanding:
    """One stage for one wave: when it runs, what is done, and what blocks its gate."""

    stage: str
    wave: str
    status: WindowStatus
    opens: datetime
    closes: datetime
    tally: Tally
    blockers: tuple[Blocker, ...]


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """One unit with the branches of its own."""

    unit: str
    name: str
    branches: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class CampaignStanding:
    """A campaign at an instant."""

    campaign: str
    at: datetime
    branches: int
    members: int
    windows: tuple[WindowStanding, ...]
    units: tuple[UnitStanding, ...]
    notices: dict[NoticeStatus, int]


def read_standing(house: House, campaign: str, *, now: datetime) -> CampaignStanding:
    """Read how a campaign stands, overdue and timeliness as of `now`; Refusal when it is unknown."""
    with snapshot(house.engine) as session:
        return campaign_standing(session, find_campaign(session, campaign), CountedWork(Counter, now))


def campaign_standing(session: Session, campaign: Campaign, work: CountedWork) -> CampaignStanding:
    """Read how a campaign stands, or stood, in an open transaction."""
    branches, members = _participants(session, campaign)
    return CampaignStanding(
        campaign=campaign.code,
        at=work.at,
        branches=branches,
        members=members,
        windows=_windows(session, campaign, work),
        units=_units(session, campaign, work),
        notices=_notices(session, campaign),
    )


def _participants(session: Session, campaign: Campaign) -> tuple[int, int]:
    there = branches_taking_part(campaign.id, is_over=is_over(campaign)).subquery()
    query = select(func.count(), func.coalesce(func.sum(there.c.members), 0)).select_from(there)
    branches, members = session.execute(query).one()
    return int(branches), int(members)


def _windows(session: Session, campaign: Campaign, work: CountedWork) -> tuple[WindowStanding, ...]:
    places = windows_of(session, campaign)
    query = (
        select(col(work.counters.window_id), *work.tally_columns())
        .where(col(work.counters.window_id).in_([place.window.id for place in places]))
        .group_by(col(work.counters.window_id))
    )
    tallies = {row[0]: _tally(*row[1:]) for row in session.execute(query)}
    return tuple(
        WindowStanding(
            place.stage.code,
            place.wave.code,
            place.window.status,
            place.window.opens_at,
            place.window.closes_at,
            tallies.get(place.window.id, Tally()),
            read_blockers(place.window),
        )
        for place in places
    )


def _units(session: Session, campaign: Campaign, work: CountedWork) -> tuple[UnitStanding, ...]:
    windows = [place.window.id for place in windows_of(session, campaign)]
    tallies: defaultdict[int, Tally] = defaultdict(Tally)
    query = (
        select(col(work.counters.unit_id), *work.tally_columns())
        .where(col(work.counters.window_id).in_(windows))
        .group_by(col(work.counters.unit_id))
    )
    for row in session.execute(query):
        tallies[row[0]] = _tally(*row[1:])
    there = branches_taking_part(campaign.id, is_over=is_over(campaign)).subquery()
    of_unit = select(there.c.unit_id, func.count()).group_by(there.c.unit_id)
    branches = dict(session.execute(of_unit).tuples().all())
    # A unit that every branch has left keeps what was done in it.
    units = select(col(Unit.id), col(Unit.code), col(Unit.name)).where(col(Unit.id).in_({*branches, *tallies}))
    return tuple(
        UnitStanding(code, name, branches.get(unit_id, 0), tallies[unit_id])
        for unit_id, code, name in session.execute(units.order_by(col(Unit.code)))
    )


def _tally(*sums: int) -> Tally:
    return Tally(*(int(part) for part in sums))


def _notices(session: Session, campaign: Campaign) -> dict[NoticeStatus, int]:
    query = (
        select(col(Notice.status), func.count())
        .where(col(Notice.campaign_id) == campaign.id)
        .group_by(col(Notice.status))
    )
    counts = {status: int(count) for status, count in session.execute(query)}
    return {status: counts.get(status, 0) for status in NoticeStatus}
