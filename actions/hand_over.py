"""Hand over: all branches of one officer go to another."""

from datetime import datetime

from sqlalchemy import update

from actions.events import event_row, record
from actions.house import House
from config.errors import Refusal
from config.vocabulary import EventKind, OfficerRole
from models.branch import Branch
from models.database import transaction
from models.dialects import count_changed, table_of
from models.queries import find_officer
from models.scope import EVERYTHING, Scope


def hand_over(house: House, officer: str, to: str, *, actor: str, now: datetime, scope: Scope = EVERYTHING) -> int:
    """Give all branches of one officer inside a scope to another and return how many there were.

    What is planned for the one and not sent falls, and the next patrol tells the other. Repeated, there is
    nothing left to give. Raises Unknown for an officer who is not there, or not inside, and Refusal for one who
    would give to oneself, or to somebody who is no liaison officer.
    """
    with transaction(house.engine) as session:
        giver, taker = (find_officer(session, code, scope) for code in (officer, to))
        if giver.id == taker.id:
            raise Refusal(
                "officer {officer}: has these branches already; name another to hand them over to", officer=officer
            )
        if taker.role is not OfficerRole.LIAISON:
            raise Refusal(
                "officer {officer}: answers for no branches ({role}); name a liaison officer",
                officer=to,
                role=taker.role,
            )
        branch = table_of(Branch)
        given = update(branch).where(branch.c.officer_id == giver.id, scope.branches).values(officer_id=taker.id)
        count = count_changed(session, given)
        if count:
            handed_over = event_row(
                EventKind.BRANCHES_HANDED_OVER,
                officer,
                at=now,
                actor=actor,
                before={"officer": officer},
                after={"officer": to, "branches": count},
            )
            record(session, handed_over)
        return count
