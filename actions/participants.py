"""Who takes part in a campaign, by the codes that people use."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from actions.rulebook import Rulebook
from config.errors import Unknown
from models.branch import Branch
from models.campaign import Enrolment
from models.dialects import in_chunks
from models.queries import find_branch


def enrolled(session: Session, rulebook: Rulebook, codes: Sequence[str]) -> dict[str, int]:
    """Return the ids of branches by their codes; Refusal for one that is unknown or not in the campaign."""
    wanted = list(dict.fromkeys(codes))
    found: dict[str, int] = {}
    for run in in_chunks(wanted):
        query = (
            select(col(Branch.code), col(Branch.id))
            .join(Enrolment, col(Enrolment.branch_id) == Branch.id)
            .where(col(Enrolment.campaign_id) == rulebook.campaign_id, col(Branch.code).in_(run))
        )
        found.update((code, branch_id) for code, branch_id in session.execute(query))
    for code in wanted:
        if code not in found:
            find_branch(session, code)
            raise Unknown("branch {code}: not in campaign {campaign}", code=code, campaign=rulebook.campaign.code)
    return found
