"""What reading a registry gives: what it says of units and of branches, and the cells that cannot be taken."""

import marshal
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress
from typing import TYPE_CHECKING, Any, NamedTuple

from config.registry.columns import COLUMNS, Column
from config.said import Said
from config.sheets import Table
from config.vocabulary import BranchKind, BranchStatus, UnitLevel

if TYPE_CHECKING:
    from config.registry.officers import Officers

_ROWS_A_SHEET = 1 << 24
PLAIN = 2
"""A format of marshal that does not look for what repeats, which takes longer than it saves."""
_KINDS: Mapping[str, BranchKind] = {kind.value: kind for kind in BranchKind}
_STATES: Mapping[str, BranchStatus] = {status.value: status for status in BranchStatus}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as the whole file states it; `place` is where it is named first.

    A unit that was known before may have None for `name`, `parent` and `level`: the file leaves that as it is. A unit
    not known before has a name and a level, and no parent when it is a root.
    """

    place: int
    code: str
    name: str | None
    parent: str | None
    level: UnitLevel | None


class BranchRow(NamedTuple):
    """A branch as a row states it; None where the row says nothing.

    `officer_name` may be None beside an `officer_code` when the officer is known or named on another row. `phone` is
    the leader's number, `channel` the address of the officer, a URL: secrets. `successor` is the branch that it was
    merged into.
    """

    place: int
    unit: str
    code: str
    name: str
    members: int
    employees: int
    kind: BranchKind | None
    status: BranchStatus | None
    industry: str | None
    grade: str | None
    leader: str | None
    phone: str | None
    officer_code: str | None
    officer_name: str | None
    channel: str | None
    successor: str | None = None

    def __repr__(self) -> str:
        return f"BranchRow({self.code!r}, place={self.place})"


BranchColumns = Sequence[list[Any]]
"""The same for many branches: a list for each field of BranchRow, in its order; kinds and states as plain text."""


class Merger(NamedTuple):
    """A row that says that its branch went into another one."""

    place: int
    successor: str


class Branches:
    """The branches of a file, packed: 140,000 of them take 25 MB, as rows they would take 200.

    `mergers` are those among them that name a successor.
    """

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._count = 0
        self.mergers: list[Merger] = []

    def add(self, columns: BranchColumns) -> None:
        """Add branches at the end."""
        if columns[0]:
            if any(columns[-1]):
                self.mergers += [Merger(*pair) for pair in zip(columns[0], columns[-1], strict=True) if pair[1]]
            self._packed.append(marshal.dumps(list(columns), PLAIN))
            self._count += len(columns[0])

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[BranchRow]:
        return (row for columns in self.columns() for row in rows_of(columns))

    def columns(self) -> Iterator[BranchColumns]:
        """Give them in the order of the file, some thousands at a time."""
        return map(marshal.loads, self._packed)

    def without(self, places: Collection[int]) -> "Branches":
        """Leave out the branches on some rows."""
        if not places:
            return self
        kept = Branches()
        for columns in self.columns():
            kept.add(left(columns, [place not in places for place in columns[0]]))
        return kept


def rows_of(columns: BranchColumns) -> Iterator[BranchRow]:
    """Turn columns of branches into rows."""
    kind, status = BranchRow._fields.index("kind"), BranchRow._fields.index("status")
    told = list(columns)
    told[kind] = [_KINDS.get(word) for word in told[kind]]
    told[status] = [_STATES.get(word) for word in told[status]]
    return map(BranchRow._make, zip(*told, strict=True))


def left(columns: BranchColumns, keep: Sequence[bool]) -> BranchColumns:
    """Return what is left of columns when only some rows are kept."""
    return [list(compress(column, keep)) for column in columns]


@dataclass(frozen=True, slots=True, order=True)
class Rejection:
    """A cell that cannot be taken, and why.

    `line` is the row of the sheet, counted from 1. `column` is empty when the row as a whole is meant. `value` is
    shortened and harmless to print; an address is cut to its service. `sheet` and `cell` (F12) are empty for text.
    """

    line: int
    column: str
    value: str
    reason: Said
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        where = f"{self.sheet}!{self.cell or self.line}" if self.sheet else f"line {self.line}"
        return f'{where}: {self.column} "{self.value}": {self.reason}'.replace(":  ", ": ")


@dataclass(slots=True)
class Places:
    """Numbers for the rows of all sheets of a file, so that a row is one number; in one sheet it is the row's own."""

    tables: list[Table[Column]] = field(default_factory=list)

    def add(self, table: Table[Column]) -> int:
        """Take another sheet, and return what is added to the numbers of its rows."""
        self.tables.append(table)
        return (len(self.tables) - 1) * _ROWS_A_SHEET

    def told(self, place: int, seen_from: int) -> object:
        """Name a row to somebody who looks at another one."""
        sheet, line = divmod(place, _ROWS_A_SHEET)
        if sheet == seen_from // _ROWS_A_SHEET:
            return line
        return Said("{line} of sheet {sheet}", line=line, sheet=self.tables[sheet].sheet.name)

    def settle(self, found: Rejection) -> Rejection:
        """Say in which sheet and cell a rejection is whose line is still one of these numbers."""
        sheet, line = divmod(found.line, _ROWS_A_SHEET)
        table = self.tables[sheet]
        if not table.sheet.name:
            return found
        cell = table.cell(COLUMNS.index(Column(found.column)), line) if found.column else found.cell
        return replace(found, line=line, sheet=table.sheet.name, cell=cell)


@dataclass(frozen=True, slots=True)
class Registry:
    """A registry that was read: every row that is not passed over is in it, in `rejected`, or in both.

    A unit is there although a branch on the same row was rejected, so that other rows may name it. `rejected` is in
    the order of the rows, `rejected_codes` are the branches on those rows. `officers` are those of all rows, None where
    rows were rejected. `passed_over` counts rows that are no records (notes, the header once more),
    `sheets_passed_over` names the sheets without a table.
    """

    units: tuple[UnitRow, ...]
    branches: Branches
    officers: "Officers | None"
    rejected: tuple[Rejection, ...]
    rejected_places: frozenset[int]
    rejected_codes: frozenset[str]
    passed_over: int
    sheets_passed_over: tuple[str, ...]
    places: Places

    @property
    def columns_not_taken(self) -> tuple[str, ...]:
        """The columns that nobody knows, with the cells of their names: what stands in them is not imported."""
        return tuple(name for table in self.places.tables for name in table.not_taken)

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets that were read, in their order; of text, an empty one."""
        return tuple(table.sheet.name for table in self.places.tables)

    def reject(self, place: int, column: Column, value: str, reason: Said) -> Rejection:
        """Reject a cell of one of its rows."""
        return self.places.settle(Rejection(place, column.value, value, reason))
