"""Read the entries of a ledger, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlmodel import Session, col

from actions.house import House
from actions.ledgers.tables import TABLES, own_columns
from actions.reading.pages import Page, page_of
from actions.rulebook import open_rulebook
from config.errors import Unknown
from config.ledgers.all import LEDGERS
from config.ledgers.columns import ColumnKind, columns_of
from config.ledgers.entry import Entry
from config.vocabulary import LedgerCode
from models.branch import Branch
from models.database import snapshot
from models.ledgers.entry import LedgerRow
from models.officer import Officer
from models.queries import below, find_branch, find_unit
from models.scope import EVERYTHING, Scope
from models.unit import Unit


@dataclass(frozen=True, slots=True)
class EntryState:
    """An entry as it stands, with the names of whom it speaks of; one that was struck counts nowhere.

    `problem` is the number of the problem that a visit brought, `task` the one that it completed, as `stage/task`.
    """

    number: int
    entry: Entry
    unit: str
    unit_name: str
    branch_name: str | None
    recorded_at: datetime
    recorded_by: str
    changed_at: datetime | None
    changed_by: str | None
    is_struck: bool
    problem: int | None = None
    task: str | None = None

    @property
    def seen(self) -> str:
        """What a form about it bears: another one once it was corrected."""
        return seen_at(self.changed_at)


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries are asked for; what is None lets all through.

    `unit` takes those that count for the unit and all below it; `since` and `until` are days, both included.
    """

    unit: str | None = None
    branch: str | None = None
    since: date | None = None
    until: date | None = None
    with_struck: bool = False


def read_ledger(
    house: House,
    campaign: str,
    ledger: LedgerCode,
    asked: EntryFilter = EntryFilter(),
    *,
    limit: int,
    before: int | None = None,
    scope: Scope = EVERYTHING,
) -> Page[EntryState]:
    """Read entries, the latest written first, from below the number `before`; Unknown for what is not there."""
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        query = entries_of(session, ledger, rulebook.campaign_id, asked, scope)
        number = col(TABLES[ledger].number)
        if before is not None:
            query = query.where(number < before)
        found = session.execute(query.order_by(number.desc()).limit(limit + 1)).tuples()
        return page_of((state_of(LEDGERS[ledger], *row) for row in found), limit, lambda state: state.number)


def read_whole_ledger(
    house: House,
    campaign: str,
    ledger: LedgerCode,
    asked: EntryFilter = EntryFilter(),
    *,
    scope: Scope = EVERYTHING,
) -> Iterator[EntryState]:
    """Read all entries by their numbers, as they are taken, without ever holding all of them."""
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        query = entries_of(session, ledger, rulebook.campaign_id, asked, scope).order_by(col(TABLES[ledger].number))
        for row in session.execute(query.execution_options(yield_per=1_000)).tuples():
            yield state_of(LEDGERS[ledger], *row)


def read_entry(
    house: House, campaign: str, ledger: LedgerCode, number: int, *, scope: Scope = EVERYTHING
) -> EntryState:
    """Read one entry, struck or not; Unknown where the ledger or the scope does not hold it."""
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        query = entries_of(session, ledger, rulebook.campaign_id, EntryFilter(with_struck=True), scope)
        row = session.execute(query.where(col(TABLES[ledger].number) == number)).tuples().one_or_none()
        if row is None:
            raise Unknown("{ledger} {number}: there is no such entry", ledger=ledger, number=number)
        return state_of(LEDGERS[ledger], *row)


def entry_of(session: Session, row: LedgerRow, entry: type[Entry]) -> Entry:
    """Make the entry again out of a row that was read, as people write it."""
    unit = session.get_one(Unit, row.unit_id)
    branch = session.get(Branch, row.branch_id) if row.branch_id is not None else None
    officer_id: int | None = getattr(row, "officer_id", None)
    officer = session.get(Officer, officer_id) if officer_id is not None else None
    return _entry(entry, row, unit.code, branch.code if branch else None, officer.code if officer else None)


def seen_at(changed_at: datetime | None) -> str:
    """Return what a form about an entry bears that was last changed at an instant."""
    return changed_at.isoformat() if changed_at else ""


def seen_in(ledger: LedgerCode, scope: Scope) -> ColumnElement[bool]:
    """Select the entries inside a scope, in a query that has the ledger's table, Unit and Branch in it."""
    if scope.sees_units:
        return scope.units
    return col(TABLES[ledger].branch_id).is_not(None) & scope.branches


def entries_of(session: Session, ledger: LedgerCode, campaign_id: int, asked: EntryFilter, scope: Scope) -> Select[Any]:
    """Ask for entries that are seen in a scope, to be made states of by `state_of`."""
    table = TABLES[ledger]
    officer = getattr(table, "officer_id", None)
    query = (
        select(table, col(Unit.code), col(Unit.name), col(Branch.code), col(Branch.name), col(Officer.code))
        .join(Unit, col(Unit.id) == col(table.unit_id))
        .outerjoin(Branch, col(Branch.id) == col(table.branch_id))
        .outerjoin(Officer, col(Officer.id) == officer)
        .where(col(table.campaign_id) == campaign_id, seen_in(ledger, scope))
    )
    if asked.unit is not None:
        query = query.where(below(find_unit(session, asked.unit, scope)))
    if asked.branch is not None:
        query = query.where(col(table.branch_id) == find_branch(session, asked.branch, scope).id)
    if asked.since is not None:
        query = query.where(col(table.day) >= asked.since)
    if asked.until is not None:
        query = query.where(col(table.day) <= asked.until)
    return query if asked.with_struck else query.where(col(table.struck_at).is_(None))


def state_of(
    entry: type[Entry],
    row: LedgerRow,
    unit: str,
    unit_name: str,
    branch: str | None,
    branch_name: str | None,
    officer: str | None,
) -> EntryState:
    """Make the state of an entry out of a row that `entries_of` asked for."""
    return EntryState(
        number=row.number,
        entry=_entry(entry, row, unit, branch, officer),
        unit=unit,
        unit_name=unit_name,
        branch_name=branch_name,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        is_struck=row.struck_at is not None,
        problem=getattr(row, "problem", None),
        task=getattr(row, "task", None),
    )


def _entry(entry: type[Entry], row: LedgerRow, unit: str, branch: str | None, officer: str | None) -> Entry:
    """Make an entry of what was checked when it was written."""
    codes = {ColumnKind.UNIT: unit, ColumnKind.BRANCH: branch, ColumnKind.OFFICER: officer}
    named: dict[str, Any] = {column.code: codes[column.kind] for column in columns_of(entry) if column.kind in codes}
    kept = {column.code: getattr(row, column.code) for column in own_columns(entry)}
    return entry.model_construct(**named, **kept)
