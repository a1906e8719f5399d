"""Which table each ledger is kept in, and how an entry becomes a row of it and comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from config.ledgers.columns import Column, ColumnKind, columns_of
from config.ledgers.entry import Entry
from config.vocabulary import LedgerCode
from models.ledgers.bulletin import Bulletin
from models.ledgers.contact import Contact
from models.ledgers.coverage import Coverage
from models.ledgers.entry import LedgerRow
from models.ledgers.exemplar import Exemplar
from models.ledgers.foundation import Foundation
from models.ledgers.grading import Grading
from models.ledgers.meeting import Meeting
from models.ledgers.suggestion import Suggestion
from models.ledgers.survey import Survey
from models.ledgers.target import Target
from models.ledgers.training import Training
from models.ledgers.visit import Visit

TABLES: Mapping[LedgerCode, type[LedgerRow]] = {
    LedgerCode.VISITS: Visit,
    LedgerCode.EXEMPLARS: Exemplar,
    LedgerCode.BULLETINS: Bulletin,
    LedgerCode.TRAINING: Training,
    LedgerCode.SUGGESTIONS: Suggestion,
    LedgerCode.MEETINGS: Meeting,
    LedgerCode.SURVEYS: Survey,
    LedgerCode.CONTACTS: Contact,
    LedgerCode.COVERAGE: Coverage,
    LedgerCode.FOUNDATIONS: Foundation,
    LedgerCode.GRADINGS: Grading,
    LedgerCode.TARGETS: Target,
}

_NAMED = frozenset({ColumnKind.BRANCH, ColumnKind.UNIT, ColumnKind.OFFICER})


@dataclass(frozen=True, slots=True)
class Place:
    """Whom an entry speaks of, by the keys of the rows; `branch_id` is None where it speaks of a unit."""

    unit_id: int
    branch_id: int | None


def own_columns(entry: type[Entry]) -> tuple[Column, ...]:
    """Return the columns that a ledger's table keeps as they are written: all but the codes of others."""
    return tuple(column for column in columns_of(entry) if column.kind not in _NAMED)


def values_of(entry: Entry, place: Place, officer_id: int | None) -> dict[str, Any]:
    """Return what the table keeps of an entry."""
    values = {column.code: getattr(entry, column.code) for column in own_columns(type(entry))}
    if any(column.kind is ColumnKind.OFFICER for column in columns_of(type(entry))):
        values["officer_id"] = officer_id
    return {"unit_id": place.unit_id, "branch_id": place.branch_id, **values}
