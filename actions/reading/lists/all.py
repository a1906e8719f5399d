"""Open a list by its name."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from actions.house import House
from actions.reading.lists import assignments, ledgers, notices, problems, progress, registry
from actions.reading.lists.asked import Asked
from actions.rulebook import open_rulebook
from config.definition.text import Text
from config.ledgers.all import LEDGERS
from config.spoken import spell_out
from config.vocabulary import Language, LedgerCode, ListCode
from models.database import snapshot
from models.queries import find_unit
from models.scope import EVERYTHING, Scope
from sheets.lists.table import Cell, Column, Table

Rows = Iterator[tuple[Cell, ...]]

_LISTS: Mapping[ListCode, tuple[tuple[Column, ...], Callable[[Asked], Rows]]] = {
    ListCode.REGISTRY: (registry.COLUMNS, registry.read_registry_rows),
    ListCode.PROGRESS: (progress.COLUMNS, progress.read_progress_rows),
    ListCode.OVERDUE: (assignments.OVERDUE_COLUMNS, assignments.read_overdue_rows),
    ListCode.PROBLEMS: (problems.COLUMNS, problems.read_problem_rows),
    ListCode.NOTICES: (notices.COLUMNS, notices.read_notice_rows),
}

_PHONES = {"phone", "officer_phone"}


@contextmanager
def open_list(
    house: House,
    campaign: str,
    what: ListCode | LedgerCode,
    *,
    unit: str | None = None,
    now: datetime,
    scope: Scope = EVERYTHING,
    phones: bool = False,
) -> Iterator[Table]:
    """Read a list of a campaign inside a scope, or a unit's part of it, while the block lasts; row by row.

    `phones` opens the numbers to call; without it there is no column of them. Raises Unknown for a campaign or a unit
    that is not there, or not inside.
    """
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        found = find_unit(session, unit, scope) if unit is not None else None
        asked = Asked(session, house, rulebook, found, scope, phones, now)
        columns, rows = _parts(asked, what)
        if not phones:
            columns, rows = _without_phones(columns, rows)
        yield Table(title_of(what), columns, rulebook.zone, rows)


def title_of(what: ListCode | LedgerCode) -> Text:
    """Say what a list is called."""
    if isinstance(what, LedgerCode):
        return LEDGERS[what].title
    return Text(zh=spell_out(what, Language.ZH), en=spell_out(what, Language.EN).capitalize())


def _parts(asked: Asked, what: ListCode | LedgerCode) -> tuple[tuple[Column, ...], Rows]:
    if isinstance(what, LedgerCode):
        return ledgers.ledger_columns(what), ledgers.read_ledger_rows(asked, what)
    if what is ListCode.ASSIGNMENTS:
        return assignments.assignment_columns(asked.rulebook.definition), assignments.read_assignment_rows(asked)
    columns, read = _LISTS[what]
    return columns, read(asked)


def _without_phones(columns: tuple[Column, ...], rows: Rows) -> tuple[tuple[Column, ...], Rows]:
    """Leave the columns of numbers out: blank ones would be taken for numbers that are no more."""
    places = [place for place, column in enumerate(columns) if column.code not in _PHONES]
    return tuple(columns[place] for place in places), (tuple(row[place] for place in places) for row in rows)
