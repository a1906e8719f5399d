"""Reading a registry: every cell is looked at, and everything that is wrong is told at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import compress
from pathlib import Path
from typing import TypeVar

from config.registry.branches import BranchBook, find_lost_cells
from config.registry.cells import reject, show
from config.registry.columns import COLUMNS, COUNTS, MANDATORY, TABLE, UNIT_COLUMNS, Column
from config.registry.numbered import NumberedCodes
from config.registry.rows import Branches, Places, Registry, Rejection, UnitRow
from config.registry.totals import Totals
from config.registry.units import UnitBook, UnitFault
from config.said import Said
from config.sheets import Cell, Records, SheetFileError, Source, Table, TotalRow, open_sheets, open_table, text_of
from config.sheets.cells import texts_of
from config.vocabulary import UnitLevel

Value = TypeVar("Value")

_SPLIT = len(UNIT_COLUMNS)
_KEY, _PARENT = COLUMNS.index(Column.BRANCH_CODE), COLUMNS.index(Column.PARENT_CODE)
_ORDER = {column.value: place for place, column in enumerate(COLUMNS)} | {"": -1}


def read_registry(file: Path | Source, known_units: Collection[str] = ()) -> Registry:
    """Read a registry from a workbook or from text, also from one that was sent; every sheet with a table is read.

    `known_units` are the codes of the units that there are already: the file need not name them again. A unit that
    is new and has no level is a county. Raises SheetFileError when the file as a whole cannot be read.
    """
    source = file if isinstance(file, Source) else Source.of_file(file)
    reading = _Reading(known_units)
    with open_sheets(source) as sheets:
        for sheet in sheets:
            table = None if sheet.is_hidden else open_table(source.name, sheet, TABLE)
            if table is None:
                reading.sheets_passed_over.append(sheet.name)
            else:
                reading.take(table)
    if not reading.places.tables:
        raise SheetFileError.at(source.name, None, _no_table())
    if not reading.rows:
        table = reading.places.tables[0]
        message = Said("has a header and no rows below it")
        raise SheetFileError.at(source.name, table.header.line, message, table.sheet.name)
    return reading.finish()


def _no_table() -> Said:
    return Said("has no table in it: no row names the columns {columns}", columns=", ".join(MANDATORY))


class _Reading:
    """What has been read of a file so far."""

    def __init__(self, known_units: Collection[str]) -> None:
        self.places = Places()
        self.sheets_passed_over: list[str] = []
        self.rows = 0
        self._units = UnitBook(frozenset(known_units), self.places.told)
        self._branches = BranchBook(self.places.told)
        self._unit_codes = NumberedCodes(Column.UNIT_CODE)
        self._unit_codes.know(known_units)
        self._rejected: list[Rejection] = []
        self._taken = Branches()
        self._told: list[tuple[Sequence[int], Sequence[str | None], Sequence[Cell]]] = []
        """Of each run of rows: the places, the units and the parents that they tell."""

    def take(self, table: Table[Column]) -> None:
        """Read a table."""
        base = self.places.add(table)
        totals = Totals()
        for part in table.parts:
            if isinstance(part, TotalRow):
                totals.enter(base + part.line, part)
            else:
                self._take_records(table, base, part, totals)
        self._rejected.extend(totals.find_wrong())

    def finish(self) -> Registry:
        """Hold the units against each other, and give what was read; to be called once, at the end."""
        faults = self._units.find_faults()
        rejected = [*self._rejected, *self._find_lost_zeros()]
        if faults:
            rejected.extend(self._reject_for_units(faults))
        places = frozenset(found.line for found in rejected)
        rejected.sort(key=lambda found: (found.line, _ORDER[found.column]))
        return Registry(
            units=tuple(self._finish(code) for code in self._units.units if code not in faults),
            branches=self._taken.without(places),
            officers=None if places else self._branches.officers,
            rejected=tuple(map(self.places.settle, rejected)),
            rejected_places=places,
            rejected_codes=self._branches.codes_on(places),
            passed_over=sum(table.passed_over for table in self.places.tables),
            sheets_passed_over=tuple(self.sheets_passed_over),
            places=self.places,
        )

    def _take_records(self, table: Table[Column], base: int, records: Records, totals: Totals) -> None:
        self.rows += len(records.lines)
        places = [base + line for line in records.lines] if base else list(records.lines)
        columns = list(records.columns)
        if records.strays:
            places, columns = self._leave_out_strays(table, records, places, totals)
            if not places:
                return
        unit_cells = list(zip(*columns[:_SPLIT], strict=True))
        units = self._units.enter(places, unit_cells, self._rejected)
        self._unit_codes.enter(places, columns[0], units)
        self._told.append((places, units, columns[_PARENT]))
        self._take_branches(places, units, columns[_SPLIT:], totals)

    def _take_branches(
        self, places: list[int], units: list[str | None], columns: list[Sequence[Cell]], totals: Totals
    ) -> None:
        has_branch = list(map(bool, texts_of(columns[0])))
        if not all(has_branch):
            for record, (place, has) in enumerate(zip(places, has_branch, strict=True)):
                if not has:
                    self._rejected.extend(find_lost_cells(place, [column[record] for column in columns]))
            places = _kept(places, has_branch)
            units, columns = _kept(units, has_branch), [_kept(column, has_branch) for column in columns]
        if places:
            sound, counts = self._branches.enter(places, units, columns, self._rejected)
            self._taken.add(sound)
            totals.add(counts)

    def _leave_out_strays(
        self, table: Table[Column], records: Records, places: list[int], totals: Totals
    ) -> tuple[list[int], list[Sequence[Cell]]]:
        """Reject the rows with something beside the columns: what is in the columns may have been meant for others."""
        strays = {stray.record: stray for stray in reversed(records.strays)}
        for record, stray in sorted(strays.items()):
            self._units.mark_broken(places[record], [column[record] for column in records.columns])
            reason = (
                Said("stands beside the table: no column is named above it")
                if table.sheet.name
                else Said("more cells than columns; quote a cell with a comma in it")
            )
            cell = table.sheet.cell(stray.place, records.lines[record])
            self._rejected.append(Rejection(places[record], "", show(stray.text), reason, cell=cell))
        totals.add([[None]] * len(COUNTS))
        keep = [record not in strays for record in range(len(places))]
        return _kept(places, keep), [_kept(column, keep) for column in records.columns]

    def _find_lost_zeros(self) -> Iterator[Rejection]:
        for codes in (self._unit_codes, self._branches.codes, self._branches.officer_codes):
            yield from codes.find_lost_zeros()

    def _reject_for_units(self, faults: Mapping[str, Sequence[UnitFault]]) -> Iterator[Rejection]:
        for told in self._told:
            for place, unit, parent in zip(*told, strict=True):
                if unit is not None and unit in faults:
                    yield from self._reject_for_unit(place, unit, text_of(parent), faults[unit])

    def _reject_for_unit(self, place: int, unit: str, parent: str, faults: Sequence[UnitFault]) -> Iterator[Rejection]:
        for fault in faults:
            if fault.column is Column.UNIT_CODE or fault.value == parent:
                yield reject(place, fault.column, fault.value, fault.reason)
            else:
                yield reject(place, Column.UNIT_CODE, unit, self._units.rejected_on(fault.place, place))

    def _finish(self, code: str) -> UnitRow:
        unit = self._units.units[code]
        level = unit.level or (None if code in self._units.known else UnitLevel.COUNTY)
        return UnitRow(unit.place, code, unit.name, unit.parent, level)


def _kept(values: Sequence[Value], keep: Sequence[bool]) -> list[Value]:
    return list(compress(values, keep))
