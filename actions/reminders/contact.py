"""Tell coordinators how those below them can be reached, or not."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Integer, column
from sqlmodel import Session

from actions.events import PATROL, event_row, record
from actions.reminders.lines import news_lines
from actions.reminders.notices import tell_in_digests
from actions.rulebook import Rulebook
from config.vocabulary import EventKind, Section
from models.dialects import values_table

READER = (column("officer_id", Integer), column("id", Integer))


def tell_coordinators(
    session: Session,
    rulebook: Rulebook,
    subject: str,
    pairs: Iterable[tuple[int, int]],
    counted: Mapping[str, int],
    now: datetime,
) -> int:
    """Put a line into the next digest of each coordinator, for each (coordinator, key) of what `subject` names.

    `subject` is the column of the line, `counted` what the record of the plan says beside the notices. Returns
    how many notices were made.
    """
    readers = values_table(session, "reader", READER, sorted(pairs))
    told = tell_in_digests(session, rulebook, {subject: news_lines(readers, Section.CHANNEL)}, now)
    planned = event_row(
        EventKind.NOTICES_PLANNED,
        rulebook.campaign.code,
        at=now,
        actor=PATROL,
        campaign_id=rulebook.campaign_id,
        after={"notices": told.notices, **counted},
    )
    record(session, planned)
    return told.notices
