"""Let branches that stopped being active leave the campaigns that run."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, String, column, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.house import House
from actions.rulebook import rulebook_of
from config.vocabulary import CampaignStatus
from models.branch import Branch
from models.campaign import TAKES_PART, Campaign, Enrolment
from models.dialects import in_chunks, table_of, values_table
from rules.deadlines import local_day


def leave(
    session: Session, house: House, codes: Sequence[str], successors: Mapping[str, str], *, now: datetime
) -> None:
    """Let branches take part no more from the local day of `now` on; what they did stays counted where it was done.

    `successors` are the branches that some of them were merged into, by the codes of these. A campaign that is over
    keeps them all. One that is about to end waits until this transaction is over.
    """
    if not codes:
        return
    running = select_rows(Campaign).where(Campaign.status == CampaignStatus.RUNNING).with_for_update(read=True)
    for campaign in session.exec(running.order_by(col(Campaign.id))).all():
        today = local_day(now, rulebook_of(house, campaign).zone)
        for run in in_chunks(codes):
            branches = select(col(Branch.id)).where(col(Branch.code).in_(run))
            there = (col(Enrolment.campaign_id) == campaign.id, col(Enrolment.branch_id).in_(branches), TAKES_PART)
            left = {"left_on": today, "successor_id": _successor_of(session, run, successors)}
            session.execute(update(table_of(Enrolment)).where(*there).values(left))


def _successor_of(session: Session, codes: Sequence[str], successors: Mapping[str, str]) -> ColumnElement[int | None]:
    """Find the key of the branch that an enrolled branch was merged into; null where there is none."""
    pairs = [(code, successors[code]) for code in codes if code in successors]
    merged = values_table(session, "merged", [column("code", String()), column("successor", String())], pairs)
    branch, successor = aliased(Branch), aliased(Branch)
    return (
        select(col(successor.id))
        .join(merged, merged.c.successor == col(successor.code))
        .join(branch, col(branch.code) == merged.c.code)
        .where(col(branch.id) == table_of(Enrolment).c.branch_id)
        .scalar_subquery()
    )
