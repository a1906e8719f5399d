"""Let newcomers join the campaigns that run."""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.assign import IdRange, assign
from actions.counters import recount
from actions.enrol import enrol
from actions.events import PATROL, event_row, record
from actions.house import House
from actions.retime import retime
from actions.rulebook import Rulebook, rulebook_of
from config.vocabulary import CampaignStatus, EventKind, WindowStatus
from models.campaign import Campaign, Enrolment, Stage
from models.queries import windows_of
from models.window import Window
from rules.deadlines import local_day, start_of


def enrol_newcomers(session: Session, house: House, *, now: datetime) -> int:
    """Enrol active branches that are in no wave yet, and give them the tasks of the windows that are open.

    Their deadlines count from the local day of `now`, and what their unit was granted counts for them too;
    windows already closed ask nothing of them.
    Returns how many joined, over all running campaigns; repeated, nobody does.
    """
    running = session.exec(select_rows(Campaign).where(Campaign.status == CampaignStatus.RUNNING)).all()
    return sum(_join(session, rulebook_of(house, campaign), now) for campaign in running)


def _join(session: Session, rulebook: Rulebook, now: datetime) -> int:
    own = col(Enrolment.campaign_id) == rulebook.campaign_id
    before = session.scalar(select(func.coalesce(func.max(col(Enrolment.id)), 0)))
    today = local_day(now, rulebook.zone)
    joined = enrol(session, rulebook, since=today)
    if not joined:
        return 0
    last = session.scalar(select(func.max(col(Enrolment.id))).where(own))
    newcomers = IdRange((before or 0) + 1, last or 0)
    _hold_windows(session, rulebook)
    for place in windows_of(session, rulebook.campaign):
        if place.window.status in (WindowStatus.OPEN, WindowStatus.HELD):
            assign(session, rulebook, place, newcomers)
            retime(session, rulebook, place.stage, since=start_of(today, rulebook.zone), within=newcomers)
            recount(session, place.window.id)
    event = event_row(
        EventKind.BRANCHES_ENROLLED,
        rulebook.campaign.code,
        at=now,
        actor=PATROL,
        campaign_id=rulebook.campaign_id,
        after={"branches": joined},
    )
    record(session, event)
    return joined


def _hold_windows(session: Session, rulebook: Rulebook) -> None:
    """Let no window turn open unseen: one that does so now sees the newcomers once this transaction is over."""
    stages = select(col(Stage.id)).where(col(Stage.campaign_id) == rulebook.campaign_id)
    session.execute(select(col(Window.id)).where(col(Window.stage_id).in_(stages)).with_for_update())
