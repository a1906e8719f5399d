"""The units of a registry: gathered from all rows, then held against each other and the units known before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from config.registry.cells import read_code, read_level, read_needed_code, read_optional, reject, show, take_cells
from config.registry.columns import UNIT_COLUMNS, Column
from config.registry.rows import Rejection
from config.said import Said
from config.vocabulary import UnitLevel

_READERS = (read_needed_code, read_optional(200), read_code, read_level)


@dataclass(slots=True)
class Unit:
    """What the rows say about one unit, and on which line each was said first."""

    line: int
    name: str | None = None
    parent: str | None = None
    level: UnitLevel | None = None
    said_on: dict[Column, int] = field(default_factory=dict)

    def find_conflicts(self, told: "Unit") -> Iterator[Rejection]:
        """Compare with what another row tells; a blank says nothing."""
        for column, mine, other in self._pairs(told):
            if mine is not None and other is not None and mine != other:
                reason = Said("line {line} says {value}", line=self.said_on[column], value=show(mine))
                yield reject(told.line, column, other, reason)

    def take_over(self, told: "Unit") -> None:
        """Fill what is not said yet with what another row tells."""
        for column, mine, other in self._pairs(told):
            if mine is None and other is not None:
                self.said_on[column] = told.line
        self.name = self.name or told.name
        self.parent = self.parent or told.parent
        self.level = self.level or told.level

    def _pairs(self, told: "Unit") -> tuple[tuple[Column, str | None, str | None], ...]:
        return (
            (Column.UNIT_NAME, self.name, told.name),
            (Column.PARENT_CODE, self.parent, told.parent),
            (Column.LEVEL, self.level, told.level),
        )


@dataclass(frozen=True, slots=True)
class UnitFault:
    """Why a unit cannot be taken: the cell that is wrong, and the line where it stands."""

    line: int
    column: Column
    value: str
    reason: Said


@dataclass(slots=True)
class UnitBook:
    """All units that the rows speak of, beside those `known` before."""

    known: frozenset[str]
    units: dict[str, Unit] = field(default_factory=dict)
    broken: dict[str, int] = field(default_factory=dict)
    _agreed: dict[tuple[str, ...], str] = field(default_factory=dict)

    def enter(self, line: int, cells: tuple[str, ...], rejected: list[Rejection]) -> str | None:
        """Take what a row says about its unit; return the unit's code, None when a cell goes to `rejected`."""
        # Thousands of rows repeat the same four cells: what agreed once agrees again.
        if cells in self._agreed:
            return self._agreed[cells]
        before = len(rejected)
        code, *rest = take_cells(line, UNIT_COLUMNS, cells, _READERS, rejected)
        if len(rejected) > before:
            self.mark_broken(line, cells)
            return None
        told = Unit(line, *rest)
        unit = self.units.setdefault(code, Unit(line))
        rejected.extend(unit.find_conflicts(told))
        if len(rejected) > before:
            return None
        unit.take_over(told)
        return self._agreed.setdefault(cells, code)

    def mark_broken(self, line: int, cells: Sequence[str]) -> None:
        """Remember that a unit was named on a row that was rejected."""
        self.broken.setdefault(cells[0].strip(), line)

    def find_faults(self) -> Mapping[str, list[UnitFault]]:
        """Return the units that cannot be taken, with those below them; to be called when all rows are entered."""
        faults = {code: found for code, unit in self.units.items() if (found := [*self._own_faults(code, unit)])}
        settled: set[str] = set()
        for code in self.units:
            trail = self._climb(code, settled)
            top = self.units[trail[-1]].parent if trail else None
            if top in trail:
                self._mark_circle(trail[trail.index(top) :], faults)
            self._hand_down(reversed(trail), faults)
            settled.update(trail)
        return faults

    def _own_faults(self, code: str, unit: Unit) -> Iterator[UnitFault]:
        if unit.name is None and code not in self.known:
            reason = self._why_unknown(code, Said("unknown unit, and no row gives its unit_name"))
            yield UnitFault(self.broken.get(code, unit.line), Column.UNIT_CODE, code, reason)
        parent = unit.parent
        if parent is not None and parent not in self.units and parent not in self.known:
            reason = self._why_unknown(parent, Said("unknown unit"))
            yield UnitFault(unit.said_on[Column.PARENT_CODE], Column.PARENT_CODE, parent, reason)

    def _why_unknown(self, code: str, reason: Said) -> Said:
        return rejected_on(self.broken[code]) if code in self.broken else reason

    def _climb(self, code: str, settled: set[str]) -> list[str]:
        trail: dict[str, None] = {}
        at: str | None = code
        while at in self.units and at not in settled and at not in trail:
            trail[at] = None
            at = self.units[at].parent
        return [*trail]

    def _mark_circle(self, circle: list[str], faults: dict[str, list[UnitFault]]) -> None:
        for place, code in enumerate(circle):
            way = [*circle[place:], *circle[:place]][:4]
            reason = Said("a circle of parents: {circle}", circle=" > ".join([*way, code]))
            self._fault_of_parent(code, reason, faults)

    def _hand_down(self, codes: Iterable[str], faults: dict[str, list[UnitFault]]) -> None:
        for code in codes:
            parent = self.units[code].parent
            if code not in faults and parent is not None and parent in faults:
                self._fault_of_parent(code, rejected_on(faults[parent][0].line), faults)

    def _fault_of_parent(self, code: str, reason: Said, faults: dict[str, list[UnitFault]]) -> None:
        unit = self.units[code]
        fault = UnitFault(unit.said_on[Column.PARENT_CODE], Column.PARENT_CODE, unit.parent or "", reason)
        faults.setdefault(code, []).append(fault)


def rejected_on(line: int) -> Said:
    """Say of a unit that what a line says of it was not taken."""
    return Said("this unit is rejected on line {line}", line=line)
