"""Read which campaigns there are, and what one of them runs by."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlmodel import Session, col
from sqlmodel import select as select_rows
from sqlmodel.sql.expression import SelectOfScalar

from actions.house import House
from actions.rulebook import parse_definition
from config.definition.schema import Definition
from config.definition.text import Text
from config.vocabulary import AT_WORK, CampaignStatus
from models.branch import Branch
from models.campaign import TAKES_PART, Campaign, Enrolment, Stage, Wave
from models.database import snapshot
from models.queries import find_campaign
from models.scope import EVERYTHING, Scope
from models.window import Window
from rules.deadlines import local_day


@dataclass(frozen=True, slots=True)
class CampaignState:
    """A campaign as a line of the list; `open` names its windows that are open or held, as `stage/wave`."""

    campaign: str
    title: Text
    status: CampaignStatus
    revision: int
    branches: int
    open: tuple[str, ...]
    launched_at: datetime
    launched_on: date
    launched_by: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class CampaignTitle:
    """A campaign as people choose one."""

    campaign: str
    title: Text


def read_campaigns(house: House, scope: Scope = EVERYTHING) -> tuple[CampaignState, ...]:
    """Read the campaigns that have a branch inside the scope, the newest first.

    `branches` counts those inside that take part.
    """
    with snapshot(house.engine) as session:
        branches, windows = _branches(session, scope), _open_windows(session)
        found = []
        for campaign in session.exec(_newest_first().where(col(Campaign.id).in_(branches))):
            definition = parse_definition(campaign.definition)
            found.append(
                CampaignState(
                    campaign=campaign.code,
                    title=definition.title,
                    status=campaign.status,
                    revision=campaign.revision,
                    branches=branches.get(campaign.id, 0),
                    open=tuple(windows[campaign.id]),
                    launched_at=campaign.launched_at,
                    launched_on=local_day(campaign.launched_at, definition.zone),
                    launched_by=campaign.launched_by,
                    ended_at=campaign.ended_at,
                )
            )
        return tuple(found)


def read_titles(house: House, scope: Scope = EVERYTHING) -> tuple[CampaignTitle, ...]:
    """Read what the campaigns that have a branch inside the scope are called, the newest first."""
    with snapshot(house.engine) as session:
        inside = _inside(scope).where(col(Enrolment.campaign_id) == Campaign.id).exists()
        return tuple(
            CampaignTitle(campaign.code, parse_definition(campaign.definition).title)
            for campaign in session.exec(_newest_first().where(inside))
        )


def read_definition(house: House, campaign: str) -> Definition:
    """Read what a campaign runs by; Refusal when there is no such campaign."""
    with snapshot(house.engine) as session:
        return parse_definition(find_campaign(session, campaign).definition)


def read_definitions(house: House, campaigns: Collection[str]) -> Mapping[str, Definition]:
    """Read what campaigns run by, by their codes; those that there are not are left out."""
    with snapshot(house.engine) as session:
        query = select_rows(Campaign).where(col(Campaign.code).in_(campaigns))
        return {campaign.code: parse_definition(campaign.definition) for campaign in session.exec(query)}


def _newest_first() -> SelectOfScalar[Campaign]:
    return select_rows(Campaign).order_by(col(Campaign.launched_at).desc(), col(Campaign.id).desc())


def _inside(scope: Scope) -> Select[tuple[int]]:
    """Select the campaigns of the branches inside a scope, once for each branch."""
    query = select(col(Enrolment.campaign_id))
    if scope.is_everything:
        return query
    return query.join(Branch, col(Branch.id) == Enrolment.branch_id).where(scope.branches)


def _branches(session: Session, scope: Scope) -> dict[int, int]:
    query = _inside(scope).add_columns(func.count().filter(TAKES_PART)).group_by(col(Enrolment.campaign_id))
    return {campaign_id: int(count) for campaign_id, count in session.execute(query).tuples()}


def _open_windows(session: Session) -> defaultdict[int, list[str]]:
    query = (
        select(col(Stage.campaign_id), col(Stage.code), col(Wave.code))
        .select_from(Window)
        .join(Stage, col(Stage.id) == Window.stage_id)
        .join(Wave, col(Wave.id) == Window.wave_id)
        .where(col(Window.status).in_(AT_WORK))
        .order_by(col(Stage.position), col(Wave.position))
    )
    labels: defaultdict[int, list[str]] = defaultdict(list)
    for campaign_id, stage, wave in session.execute(query).tuples():
        labels[campaign_id].append(f"{stage}/{wave}")
    return labels
