"""Strike an entry of a ledger: it stays to be read, and counts nowhere."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col

from actions.amend import lock_entry
from actions.events import event_row, record
from actions.house import House
from actions.ledgers.effects import take_effect
from actions.ledgers.tables import TABLES
from actions.rulebook import open_rulebook
from config.vocabulary import EventKind, LedgerCode
from models.database import transaction
from models.dialects import table_of
from models.scope import EVERYTHING, Scope


def strike(
    house: House,
    campaign: str,
    ledger: LedgerCode,
    number: int,
    *,
    reason: str,
    actor: str,
    now: datetime,
    scope: Scope = EVERYTHING,
) -> None:
    """Strike an entry with a reason; raises Unknown for one that is not there, Stale for one struck before."""
    table = TABLES[ledger]
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        row = lock_entry(session, rulebook, ledger, number, scope)
        change = update(table_of(table)).where(col(table.id) == row.id)
        session.execute(change.values(struck_at=now, changed_at=now, changed_by=actor))
        take_effect(session, ledger, {row.branch_id})
        event = event_row(
            EventKind.ENTRY_STRUCK,
            f"{ledger} #{number}",
            at=now,
            actor=actor,
            campaign_id=rulebook.campaign_id,
            branch_id=row.branch_id,
            reason=reason,
        )
        record(session, event)
