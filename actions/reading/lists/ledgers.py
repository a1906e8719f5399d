"""A ledger as a list: its columns as they are on paper, and who wrote each entry."""

from collections.abc import Iterator

from actions.reading.ledgers import EntryFilter, read_whole_ledger
from actions.reading.lists.asked import Asked
from config.definition.text import Text
from config.ledgers.all import LEDGERS
from config.ledgers.columns import Column as LedgerColumn
from config.ledgers.columns import ColumnKind, columns_of
from config.vocabulary import LedgerCode
from sheets.lists.table import Cell, Column, Kind, column

_KINDS = {
    ColumnKind.DAY: (Kind.DAY, 12),
    ColumnKind.COUNT: (Kind.WHOLE, 10),
    ColumnKind.CHOICE: (Kind.WORD, 14),
    ColumnKind.YES: (Kind.YES, 10),
    ColumnKind.LINE: (Kind.TEXT, 24),
    ColumnKind.WORDS: (Kind.TEXT, 40),
}
_CODES = {
    ColumnKind.BRANCH: Text(zh="支部编码", en="Branch code"),
    ColumnKind.UNIT: Text(zh="单位编码", en="Unit code"),
    ColumnKind.OFFICER: Text(zh="联络员编码", en="Officer code"),
}
"""Branches, units and officers stand in a list by their codes, and these columns say so: names stand beside them."""


def ledger_columns(ledger: LedgerCode) -> tuple[Column, ...]:
    """Return the columns of a ledger, with whom it speaks of by name, and who wrote."""
    return (
        column("number", "编号", "Number", Kind.WHOLE, 8),
        column("unit_name", "单位", "Unit", width=20),
        column("branch_name", "支部", "Branch", width=30),
        *(_own(each) for each in columns_of(LEDGERS[ledger])),
        column("recorded_at", "登记时间", "Recorded at", Kind.MOMENT, 18),
        column("recorded_by", "登记人", "Recorded by"),
        column("changed_at", "更正时间", "Changed at", Kind.MOMENT, 18),
        column("changed_by", "更正人", "Changed by"),
    )


def _own(its: LedgerColumn) -> Column:
    if its.kind in _CODES:
        return Column(its.code, _CODES[its.kind], Kind.TEXT, 14)
    return Column(its.code, its.title, *_KINDS[its.kind])


def read_ledger_rows(asked: Asked, ledger: LedgerCode) -> Iterator[tuple[Cell, ...]]:
    """Read the entries of a ledger that count, by their numbers."""
    wanted = EntryFilter(unit=asked.unit.code if asked.unit is not None else None)
    codes = [each.code for each in columns_of(LEDGERS[ledger])]
    campaign = asked.rulebook.campaign.code
    for state in read_whole_ledger(asked.house, campaign, ledger, wanted, scope=asked.scope):
        yield (
            state.number,
            state.unit_name,
            state.branch_name,
            *(getattr(state.entry, code) for code in codes),
            state.recorded_at,
            state.recorded_by,
            state.changed_at,
            state.changed_by,
        )
