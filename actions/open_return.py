"""Open the return of a unit again, so that what was missing in it can be answered."""

from datetime import datetime

from actions.events import event_row, record
from actions.house import House
from actions.returns.outdating import outdate
from actions.returns.place import find_return_place, one_at_a_time
from actions.rulebook import open_rulebook
from config.errors import Refusal
from config.vocabulary import EventKind
from models.database import transaction
from models.scope import EVERYTHING, Scope


def open_return(
    house: House,
    campaign: str,
    stage: str,
    unit: str,
    *,
    reason: str,
    actor: str,
    now: datetime,
    scope: Scope = EVERYTHING,
) -> tuple[str, ...]:
    """Mark the return of a unit and those above it as outdated; return the codes of the units, the lowest first.

    Answers below can then be given and changed, until the units pass on their next versions. Raises Refusal where
    nothing stands that was passed on.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        place = find_return_place(session, rulebook, stage, unit, scope)
        one_at_a_time(session, place.stage)
        outdated = outdate(session, rulebook, place.stage, [place.unit.id], reason=reason, actor=actor, now=now)
        if not outdated:
            raise Refusal("{unit}: nothing stands that was passed on in {stage}", unit=place.unit.name, stage=stage)
        record(
            session,
            event_row(
                EventKind.RETURN_CORRECTED,
                place.label,
                at=now,
                actor=actor,
                campaign_id=rulebook.campaign_id,
                after={"outdated": outdated},
                reason=reason,
            ),
        )
        return outdated
