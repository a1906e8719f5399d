"""Correct an entry of a ledger."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from actions.add_problem import lock_ledger
from actions.enter import check_day
from actions.events import event_row, record
from actions.house import House
from actions.ledgers.effects import take_effect
from actions.ledgers.foundations import check_foundations
from actions.ledgers.places import find_places
from actions.ledgers.tables import TABLES, values_of
from actions.reading.ledgers import entry_of, seen_at, seen_in
from actions.rulebook import Rulebook, open_rulebook
from config.errors import Stale, Unknown
from config.ledgers.entry import Entry
from config.vocabulary import EventKind, LedgerCode
from models.branch import Branch
from models.database import transaction
from models.dialects import table_of
from models.ledgers.entry import LedgerRow
from models.scope import EVERYTHING, Scope
from models.unit import Unit


def amend(
    house: House,
    campaign: str,
    number: int,
    entry: Entry,
    *,
    reason: str,
    actor: str,
    now: datetime,
    scope: Scope = EVERYTHING,
    seen: str | None = None,
) -> bool:
    """Put an entry in the place of another; the event keeps what stood there, and the reason. Tell if it differs.

    `seen` is the `EntryState.seen` that whoever corrects looked at, None where nobody looked. Raises Unknown for a
    number that the ledger or the scope does not hold, Stale for an entry that was struck, or is not as it was seen,
    and whatever writing the entry raises.
    """
    table = TABLES[entry.ledger]
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        check_day(entry, now.astimezone(rulebook.zone).date())
        lock_ledger(session, rulebook)
        row = lock_entry(session, rulebook, entry.ledger, number, scope)
        before = entry_of(session, row, type(entry))
        if before == entry:
            return False
        if seen is not None and seen != seen_at(row.changed_at):
            raise Stale(
                "{ledger} {number}: was corrected meanwhile, by {who}; nothing was changed",
                ledger=entry.ledger,
                number=number,
                who=row.changed_by,
            )
        found = find_places(session, rulebook, [entry], scope)
        check_foundations(session, rulebook, [entry], found, instead_of=number)
        values = values_of(entry, found.place(entry), found.officer(entry))
        change = update(table_of(table)).where(col(table.id) == row.id)
        session.execute(change.values(changed_at=now, changed_by=actor, **values))
        take_effect(session, entry.ledger, {row.branch_id, values["branch_id"]})
        event = event_row(
            EventKind.ENTRY_AMENDED,
            f"{entry.ledger} #{number}",
            at=now,
            actor=actor,
            campaign_id=rulebook.campaign_id,
            branch_id=values["branch_id"],
            before=before.model_dump(mode="json", exclude_defaults=True),
            after=entry.model_dump(mode="json", exclude_defaults=True),
            reason=reason,
        )
        record(session, event)
        return True


def lock_entry(session: Session, rulebook: Rulebook, ledger: LedgerCode, number: int, scope: Scope) -> LedgerRow:
    """Return an entry that counts, kept from others to the end; Unknown where there is none, Stale if struck."""
    table = TABLES[ledger]
    query = (
        select(table)
        .join(Unit, col(Unit.id) == col(table.unit_id))
        .outerjoin(Branch, col(Branch.id) == col(table.branch_id))
        .where(col(table.campaign_id) == rulebook.campaign_id, col(table.number) == number, seen_in(ledger, scope))
    )
    row = session.exec(query.with_for_update(of=table)).one_or_none()
    if row is None:
        raise Unknown("{ledger} {number}: there is no such entry", ledger=ledger, number=number)
    if row.struck_at is not None:
        raise struck(ledger, number)
    return row


def struck(ledger: LedgerCode, number: int) -> Stale:
    """Say that an entry was struck, which is corrected no more."""
    return Stale("{ledger} {number}: was struck; enter it anew", ledger=ledger, number=number)
