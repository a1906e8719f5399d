"""Reading a registry: every cell is looked at, and everything that is wrong is told at once."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from config.registry.branches import BranchBook
from config.registry.cells import reject, show
from config.registry.columns import UNIT_COLUMNS, Column
from config.registry.encoding import decode_text, read_text
from config.registry.rows import BranchRow, RegistryRow, RegistrySheet, Rejection
from config.registry.table import read_records
from config.registry.units import UnitBook, UnitFault, rejected_on
from config.said import Said
from config.vocabulary import UnitLevel

_SPLIT = len(UNIT_COLUMNS)
_PARENT = UNIT_COLUMNS.index(Column.PARENT_CODE)
_PLACES = {column: place for place, column in enumerate(Column)}


def read_registry(path: Path, known_units: Collection[str] = ()) -> RegistrySheet:
    """Read a registry from CSV in UTF-8 or GB18030.

    `known_units` are the codes of the units that there are already: the file need not name them again. A unit that
    is new and has no level is a county. Raises RegistryFileError when the file as a whole cannot be read.
    """
    return _read(path, read_text(path), known_units)


def take_registry(name: str, data: bytes, known_units: Collection[str] = ()) -> RegistrySheet:
    """Read what somebody sent as a registry, under the name that its faults are told by, as `read_registry` does."""
    path = Path(name)
    return _read(path, decode_text(path, data), known_units)


def _read(path: Path, text: str, known_units: Collection[str]) -> RegistrySheet:
    units, branches = UnitBook(frozenset(known_units)), BranchBook()
    taken: list[_Taken] = []
    rejected: list[Rejection] = []
    for line, cells, surplus in read_records(path, text):
        if surplus:
            units.mark_broken(line, cells)
            reason = Said("more cells than columns; quote a cell with a comma in it")
            rejected.append(Rejection(line, "", show(surplus), reason))
            continue
        unit = units.enter(line, cells[:_SPLIT], rejected)
        branch = branches.enter(line, cells[_SPLIT:], rejected)
        if unit is not None:
            taken.append(_Taken(line, unit, cells[_PARENT].strip(), branch))
    faults = units.find_faults()
    rows = tuple(_finish(row, units) for row in taken if row.unit not in faults)
    rejected.extend(cell for row in taken for cell in _reject_for_unit(row, faults.get(row.unit, ())))
    return RegistrySheet(rows, tuple(sorted(rejected, key=_place)))


@dataclass(frozen=True, slots=True)
class _Taken:
    """A row whose unit is sound as far as its own cells go."""

    line: int
    unit: str
    parent: str
    branch: BranchRow | None


def _reject_for_unit(row: _Taken, faults: Sequence[UnitFault]) -> Iterator[Rejection]:
    for fault in faults:
        if fault.column is Column.UNIT_CODE or fault.value == row.parent:
            yield reject(row.line, fault.column, fault.value, fault.reason)
        else:
            yield reject(row.line, Column.UNIT_CODE, row.unit, rejected_on(fault.line))


def _finish(row: _Taken, units: UnitBook) -> RegistryRow:
    unit = units.units[row.unit]
    level = unit.level or (None if row.unit in units.known else UnitLevel.COUNTY)
    return RegistryRow(row.line, row.unit, unit.name, unit.parent, level, row.branch)


def _place(cell: Rejection) -> tuple[int, int]:
    return cell.line, -1 if not cell.column else _PLACES[Column(cell.column)]
