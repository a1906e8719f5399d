"""Let branches that stopped being active leave the campaigns that run."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.house import House
from actions.rulebook import rulebook_of
from config.vocabulary import CampaignStatus
from models.branch import Branch
from models.campaign import TAKES_PART, Campaign, Enrolment
from models.dialects import in_chunks, table_of
from rules.deadlines import local_day


def leave(session: Session, house: House, codes: Sequence[str], *, now: datetime) -> None:
    """Let branches take part no more from the local day of `now` on; what they did stays counted where it was done.

    A campaign that is over keeps them. One that is about to end waits until this transaction is over.
    """
    if not codes:
        return
    running = select_rows(Campaign).where(Campaign.status == CampaignStatus.RUNNING).with_for_update(read=True)
    for campaign in session.exec(running.order_by(col(Campaign.id))).all():
        today = local_day(now, rulebook_of(house, campaign).zone)
        for run in in_chunks(codes):
            branches = select(col(Branch.id)).where(col(Branch.code).in_(run))
            there = (col(Enrolment.campaign_id) == campaign.id, col(Enrolment.branch_id).in_(branches), TAKES_PART)
            session.execute(update(table_of(Enrolment)).where(*there).values(left_on=today))
