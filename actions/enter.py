"""Write entries into a ledger."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlmodel import Session, col

from actions.add_problem import lock_ledger
from actions.events import event_row, record
from actions.house import House
from actions.ledgers.effects import take_effect
from actions.ledgers.foundations import check_foundations
from actions.ledgers.places import find_places
from actions.ledgers.tables import TABLES, values_of
from actions.rulebook import open_rulebook
from config.errors import Refusal
from config.ledgers.entry import Entry
from config.vocabulary import EventKind, LedgerCode
from models.database import transaction
from models.dialects import table_of
from models.scope import EVERYTHING, Scope


def enter(
    house: House, campaign: str, entries: Sequence[Entry], *, actor: str, now: datetime, scope: Scope = EVERYTHING
) -> tuple[int, ...]:
    """Write entries of one ledger in one transaction; return their numbers, which count on within the campaign.

    What an entry brings with it, such as the grade of a branch, is done in the same transaction. Repeated, it
    writes them again. Raises Refusal for what `find_places` does not find, for a day after `now`, and for what
    `check_foundations` does not let in; nothing is then written.
    """
    if not entries:
        return ()
    (ledger,) = {entry.ledger for entry in entries}
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        today = now.astimezone(rulebook.zone).date()
        for entry in entries:
            check_day(entry, today)
        found = find_places(session, rulebook, entries, scope)
        lock_ledger(session, rulebook)
        check_foundations(session, rulebook, entries, found)
        first = _last_number(session, ledger, rulebook.campaign_id) + 1
        numbers = tuple(range(first, first + len(entries)))
        common: dict[str, Any] = {"campaign_id": rulebook.campaign_id, "recorded_at": now, "recorded_by": actor}
        rows = [
            {"number": number, **common, **values_of(entry, found.place(entry), found.officer(entry))}
            for number, entry in zip(numbers, entries, strict=True)
        ]
        session.execute(insert(table_of(TABLES[ledger])), rows)
        take_effect(session, ledger, {row["branch_id"] for row in rows})
        record(
            session,
            *(
                event_row(
                    EventKind.ENTRY_ADDED,
                    f"{ledger} #{row['number']}",
                    at=now,
                    actor=actor,
                    campaign_id=rulebook.campaign_id,
                    branch_id=row["branch_id"],
                    after=entry.model_dump(mode="json", exclude_defaults=True),
                )
                for row, entry in zip(rows, entries, strict=True)
            ),
        )
        return numbers


def check_day(entry: Entry, today: date) -> None:
    """Refuse an entry of a day that has not come."""
    if entry.day > today:
        raise Refusal("day {day}: has not come yet; today is {today}", day=entry.day, today=today)


def _last_number(session: Session, ledger: LedgerCode, campaign_id: int) -> int:
    table = TABLES[ledger]
    query = select(func.coalesce(func.max(col(table.number)), 0)).where(col(table.campaign_id) == campaign_id)
    last: int = session.execute(query).scalar_one()
    return last
