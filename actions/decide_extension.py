"""Decide an extension that was asked for: grant it, or refuse it with an answer."""

from datetime import date, datetime

from actions.events import event_row, record
from actions.extend import Request, grant
from actions.house import House
from actions.requests.locked import lock_request, settle
from config.vocabulary import EventKind, RequestStatus
from models.database import transaction
from models.scope import EVERYTHING, Scope


def grant_request(
    house: House,
    number: int,
    *,
    until: date | None,
    answer: str | None,
    actor: str,
    now: datetime,
    scope: Scope = EVERYTHING,
) -> date:
    """Grant a request, until the day asked for or another one; return the day.

    Deadline, reminders and messages move as with `extend`, in the same transaction. Raises Unknown for a request that
    is not there or not in the scope, Stale when somebody else was first, and Refusal when no deadline would be later.
    """
    with transaction(house.engine) as session:
        asked = lock_request(session, house, number, scope)
        day = until or asked.request.until
        wanted = Request(
            day, asked.request.reason, branch=asked.branch.code, task=f"{asked.stage.code}/{asked.task.code}"
        )
        grant(session, asked.rulebook, wanted, actor=actor, now=now)
        settle(session, asked, RequestStatus.GRANTED, answer=answer, actor=actor, now=now)
        return day


def refuse_request(
    house: House, number: int, *, answer: str, actor: str, now: datetime, scope: Scope = EVERYTHING
) -> None:
    """Refuse a request with an answer that the branch reads.

    Raises Unknown for a request that is not there or not in the scope, and Stale when somebody else was first.
    """
    with transaction(house.engine) as session:
        asked = lock_request(session, house, number, scope)
        settle(session, asked, RequestStatus.REFUSED, answer=answer, actor=actor, now=now)
        refused = event_row(
            EventKind.EXTENSION_REFUSED,
            asked.label,
            at=now,
            actor=actor,
            campaign_id=asked.rulebook.campaign_id,
            branch_id=asked.branch.id,
            before={"request": number, "until": asked.request.until},
            reason=answer,
        )
        record(session, refused)


def check_undecided(house: House, number: int, *, scope: Scope = EVERYTHING) -> None:
    """Raise what the two above raise for a request that is not there or was decided already; change nothing."""
    with transaction(house.engine) as session:
        lock_request(session, house, number, scope)
