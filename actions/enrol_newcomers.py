"""Let newcomers join the campaigns that run."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.assignments.counters import recount
from actions.assignments.deadlines import retime
from actions.assignments.giving import IdRange, assign
from actions.enrol import enrol
from actions.events import PATROL, event_row, record
from actions.house import House
from actions.rulebook import Rulebook, rulebook_of
from config.vocabulary import CampaignStatus, EventKind, WindowStatus
from models.branch import Branch
from models.campaign import Campaign, Enrolment, Stage
from models.dialects import in_chunks, table_of
from models.queries import windows_of
from models.window import Window
from rules.deadlines import local_day, start_of


def enrol_newcomers(session: Session, house: House, *, returned: Sequence[str], now: datetime) -> int:
    """Enrol active branches that are in no wave yet, and give them the tasks of the windows that are open.

    Their deadlines count from the local day of `now`, and what their unit was granted counts for them too;
    windows already closed ask nothing of them. `returned` names branches that are active again: they join
    once more, for what they missed. Returns how many joined, over all running campaigns.
    """
    running = session.exec(select_rows(Campaign).where(Campaign.status == CampaignStatus.RUNNING)).all()
    return sum(_join(session, rulebook_of(house, campaign), returned, now) for campaign in running)


def _join(session: Session, rulebook: Rulebook, returned: Sequence[str], now: datetime) -> int:
    today = local_day(now, rulebook.zone)
    joined = [IdRange(key, key) for key in _join_again(session, rulebook, returned, today)]
    own = col(Enrolment.campaign_id) == rulebook.campaign_id
    before = session.scalar(select(func.coalesce(func.max(col(Enrolment.id)), 0))) or 0
    newcomers = enrol(session, rulebook, since=today)
    if newcomers:
        joined.append(IdRange(before + 1, session.scalar(select(func.max(col(Enrolment.id))).where(own)) or 0))
    if not joined:
        return 0
    _give_work(session, rulebook, joined, start_of(today, rulebook.zone))
    count = newcomers + len(joined) - bool(newcomers)
    event = event_row(
        EventKind.BRANCHES_ENROLLED,
        rulebook.campaign.code,
        at=now,
        actor=PATROL,
        campaign_id=rulebook.campaign_id,
        after={"branches": count},
    )
    record(session, event)
    return count


def _join_again(session: Session, rulebook: Rulebook, codes: Sequence[str], today: date) -> list[int]:
    """Let enrolled branches join anew today; return the ids of their enrolments."""
    enrolments = table_of(Enrolment)
    ids: list[int] = []
    for run in in_chunks(codes):
        branches = select(col(Branch.id)).where(col(Branch.code).in_(run))
        again = (
            update(enrolments)
            .where(enrolments.c.campaign_id == rulebook.campaign_id, enrolments.c.branch_id.in_(branches))
            .values(joined_on=today)
            .returning(enrolments.c.id)
        )
        ids += session.scalars(again)
    return sorted(ids)


def _give_work(session: Session, rulebook: Rulebook, joined: Sequence[IdRange], since: datetime) -> None:
    _hold_windows(session, rulebook)
    for place in windows_of(session, rulebook.campaign):
        if place.window.status in (WindowStatus.OPEN, WindowStatus.HELD):
            for enrolments in joined:
                assign(session, rulebook, place, enrolments)
                retime(session, rulebook, place.stage, since=since, within=enrolments)
            recount(session, place.window.id)


def _hold_windows(session: Session, rulebook: Rulebook) -> None:
    """Let no window turn open unseen: one that does so now sees the newcomers once this transaction is over."""
    stages = select(col(Stage.id)).where(col(Stage.campaign_id) == rulebook.campaign_id)
    session.execute(select(col(Window.id)).where(col(Window.stage_id).in_(stages)).with_for_update())
