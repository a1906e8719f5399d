"""Withdraw an extension that was asked for and not decided yet."""

from datetime import datetime

from actions.events import event_row, record
from actions.house import House
from actions.requests.locked import lock_request, settle
from config.vocabulary import EventKind, RequestStatus
from models.database import transaction
from models.scope import EVERYTHING, Scope


def withdraw_extension(house: House, number: int, *, actor: str, now: datetime, scope: Scope = EVERYTHING) -> None:
    """Take a request back.

    Raises Unknown for a request that is not there or not in the scope, and Stale when it was decided meanwhile.
    """
    with transaction(house.engine) as session:
        asked = lock_request(session, house, number, scope)
        settle(session, asked, RequestStatus.WITHDRAWN, answer=None, actor=actor, now=now)
        withdrawn = event_row(
            EventKind.EXTENSION_WITHDRAWN,
            asked.label,
            at=now,
            actor=actor,
            campaign_id=asked.rulebook.campaign_id,
            branch_id=asked.branch.id,
            before={"request": number, "until": asked.request.until},
        )
        record(session, withdrawn)
