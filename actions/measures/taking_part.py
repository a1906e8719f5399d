"""What is counted of the branches that take part: as the registry has them, or had them when the campaign ended."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from config.vocabulary import CampaignStatus
from models.branch import Branch
from models.campaign import TAKES_PART, Campaign, Enrolment
from models.dialects import count_changed, insert_found
from models.ended import EndedBranch

KEPT = ("unit_id", "members", "employees", "officer_id")
"""What a campaign that is over keeps of each branch."""

Counted = Select[tuple[int, int, int, int, int | None]]


def branches_taking_part(campaign_id: int, *, is_over: bool, until: date | None = None) -> Counted:
    """Select `branch_id` and what is kept of each branch that takes part in a campaign, or did at the end of a day."""
    table = EndedBranch if is_over else Branch
    is_its_own = col(EndedBranch.enrolment_id) == col(Enrolment.id)
    is_its_branch = col(Branch.id) == col(Enrolment.branch_id)
    return (
        select(
            col(Enrolment.branch_id),
            col(table.unit_id),
            col(table.members),
            col(table.employees),
            col(table.officer_id),
        )
        .join(table, is_its_own if is_over else is_its_branch)
        .where(col(Enrolment.campaign_id) == campaign_id, _takes_part(until))
    )


def counted_with_another(campaign_id: int, until: date) -> Select[tuple[int]]:
    """Select the branches that took part on a day and went later into others that took part on it too.

    What the registry says of those is of both by now, and it keeps no history.
    """
    merged, successor = aliased(Enrolment, name="merged"), Enrolment
    return (
        select(col(merged.branch_id))
        .join(successor, col(successor.branch_id) == col(merged.successor_id))
        .where(
            col(merged.campaign_id) == campaign_id,
            col(merged.left_on) > until,
            col(successor.campaign_id) == campaign_id,
            _takes_part(until),
        )
    )


def has_not_left(campaign_id: int, branch_id: Any, until: date | None = None) -> ColumnElement[bool]:
    """Select the rows of a campaign that are about a branch which had not left it by the end of a day, or by now."""
    left_on = col(Enrolment.left_on)
    has_left = left_on.is_not(None) if until is None else left_on <= until
    return ~exists().where(col(Enrolment.campaign_id) == campaign_id, col(Enrolment.branch_id) == branch_id, has_left)


def is_over(campaign: Campaign) -> bool:
    """Tell whether what the registry says now is no longer counted."""
    return campaign.status is CampaignStatus.ENDED


def keep_as_they_are(session: Session, campaign_id: int) -> int:
    """Write down what is counted of the branches of a campaign that ends now; return how many there are.

    Also of those that have left: they are counted up to days on which they took part.
    """
    there = select(col(Enrolment.id), *(col(getattr(Branch, name)) for name in KEPT)).join(
        Branch, col(Branch.id) == col(Enrolment.branch_id)
    )
    columns = ["enrolment_id", *KEPT]
    found = there.where(col(Enrolment.campaign_id) == campaign_id)
    return count_changed(session, insert_found(EndedBranch, columns, found, "DO NOTHING"))


def _takes_part(until: date | None) -> ColumnElement[bool]:
    if until is None:
        return TAKES_PART
    return and_(col(Enrolment.joined_on) <= until, or_(TAKES_PART, col(Enrolment.left_on) > until))
