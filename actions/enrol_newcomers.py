"""Let newcomers join the campaigns that run."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.assignments.counters import recount
from actions.assignments.deadlines import retime
from actions.assignments.giving import IdRange, Ids, IdSet, assign
from actions.enrol import enrol
from actions.events import event_row, record
from actions.house import House
from actions.rulebook import Rulebook, rulebook_of
from config.vocabulary import CampaignStatus, EventKind, WindowStatus
from models.branch import Branch
from models.campaign import Campaign, Enrolment
from models.dialects import in_chunks, table_of
from models.queries import windows_of
from rules.deadlines import local_day, start_of


def enrol_newcomers(session: Session, house: House, *, returned: Sequence[str], actor: str, now: datetime) -> int:
    """Enrol active branches that are in no wave yet, and give them the tasks of the windows that are open.

    Their deadlines count from the local day of `now`, and what their unit was granted counts for them too;
    windows already closed ask nothing of them. `returned` names branches that are active again: they join
    once more, for what they missed. Returns how many joined, over all running campaigns. The windows are
    to be kept already (`keep_windows`).
    """
    running = session.exec(select_rows(Campaign).where(Campaign.status == CampaignStatus.RUNNING)).all()
    return sum(_join(session, rulebook_of(house, campaign), returned, actor, now) for campaign in running)


def _join(session: Session, rulebook: Rulebook, returned: Sequence[str], actor: str, now: datetime) -> int:
    today = local_day(now, rulebook.zone)
    again = _join_again(session, rulebook, returned, today)
    joined: list[Ids] = [*again]
    own = col(Enrolment.campaign_id) == rulebook.campaign_id
    before = session.scalar(select(func.coalesce(func.max(col(Enrolment.id)), 0))) or 0
    newcomers = enrol(session, rulebook, since=today)
    if newcomers:
        joined.append(IdRange(before + 1, session.scalar(select(func.max(col(Enrolment.id))).where(own)) or 0))
    if not joined:
        return 0
    _give_work(session, rulebook, joined, start_of(today, rulebook.zone))
    count = newcomers + sum(len(found.ids) for found in again)
    event = event_row(
        EventKind.BRANCHES_ENROLLED,
        rulebook.campaign.code,
        at=now,
        actor=actor,
        campaign_id=rulebook.campaign_id,
        after={"branches": count},
    )
    record(session, event)
    return count


def _join_again(session: Session, rulebook: Rulebook, codes: Sequence[str], today: date) -> list[IdSet]:
    """Let enrolled branches join anew today; return the ids of their enrolments."""
    enrolments = table_of(Enrolment)
    found: list[IdSet] = []
    for run in in_chunks(codes):
        branches = select(col(Branch.id)).where(col(Branch.code).in_(run))
        again = (
            update(enrolments)
            .where(enrolments.c.campaign_id == rulebook.campaign_id, enrolments.c.branch_id.in_(branches))
            .values(joined_on=today, left_on=None, successor_id=None)
            .returning(enrolments.c.id)
        )
        if ids := tuple(sorted(session.scalars(again))):
            found.append(IdSet(ids))
    return found


def _give_work(session: Session, rulebook: Rulebook, joined: Sequence[Ids], since: datetime) -> None:
    places = [
        place
        for place in windows_of(session, rulebook.campaign)
        if place.window.status in (WindowStatus.OPEN, WindowStatus.HELD)
    ]
    for enrolments in joined:
        units = _units_by_wave(session, rulebook, enrolments)
        given = [place for place in places if place.wave.id in units]
        for place in given:
            assign(session, rulebook, place, enrolments)
            for run in in_chunks(units[place.wave.id]):
                recount(session, place.window.id, run)
        stages = {place.stage.id: place.stage for place in given}
        retime(session, rulebook, list(stages.values()), since=since, within=enrolments)


def _units_by_wave(session: Session, rulebook: Rulebook, enrolments: Ids) -> dict[int, list[int]]:
    """List the units that have some of the enrolments, for each wave that has some."""
    query = (
        select(col(Enrolment.wave_id), col(Branch.unit_id))
        .join(Branch, col(Branch.id) == Enrolment.branch_id)
        .where(col(Enrolment.campaign_id) == rulebook.campaign_id, enrolments.hold(col(Enrolment.id)))
        .distinct()
        .order_by(col(Enrolment.wave_id), col(Branch.unit_id))
    )
    units: defaultdict[int, list[int]] = defaultdict(list)
    for wave_id, unit_id in session.execute(query).tuples():
        units[wave_id].append(unit_id)
    return units
