"""The units of a registry: gathered from all rows, then held against each other and the units known before."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from config.registry.cells import reject, show
from config.registry.columns import UNIT_COLUMNS, Column
from config.registry.plain import read_column
from config.registry.rows import Rejection
from config.said import Said
from config.sheets.cells import Cell, text_of
from config.vocabulary import UnitLevel

Tell = Callable[[int, int], object]
"""Names a row, by its place, to somebody who looks at another."""


@dataclass(slots=True)
class Unit:
    """What the rows say about one unit, and in which row each was said first."""

    place: int
    name: str | None = None
    parent: str | None = None
    level: UnitLevel | None = None
    said_on: dict[Column, int] = field(default_factory=dict)

    def find_conflicts(self, told: "Unit", tell: Tell) -> Iterator[Rejection]:
        """Compare with what another row tells; a blank says nothing."""
        for column, mine, other in self._pairs(told):
            if mine is not None and other is not None and mine != other:
                line = tell(self.said_on[column], told.place)
                yield reject(told.place, column, other, Said("line {line} says {value}", line=line, value=show(mine)))

    def take_over(self, told: "Unit") -> None:
        """Fill what is not said yet with what another row tells."""
        for column, mine, other in self._pairs(told):
            if mine is None and other is not None:
                self.said_on[column] = told.place
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
    """Why a unit cannot be taken: the cell that is wrong, and the row where it stands."""

    place: int
    column: Column
    value: str
    reason: Said


def _first(row: tuple[int, tuple[Cell, ...]]) -> int:
    return row[0]


@dataclass(slots=True)
class UnitBook:
    """All units that the rows speak of, beside those `known` before."""

    known: frozenset[str]
    tell: Tell
    units: dict[str, Unit] = field(default_factory=dict)
    broken: dict[str, int] = field(default_factory=dict)
    _agreed: dict[tuple[Cell, ...], str] = field(default_factory=dict)

    def enter(
        self, places: Sequence[int], rows: Sequence[tuple[Cell, ...]], rejected: list[Rejection]
    ) -> list[str | None]:
        """Take what rows say about their units; return the units' codes, None when a cell goes to `rejected`."""
        # Thousands of rows repeat the same four cells: what agreed once agrees again.
        firsts = dict(zip(reversed(rows), reversed(places), strict=True))
        new = sorted(((place, cells) for cells, place in firsts.items() if cells not in self._agreed), key=_first)
        self._take([place for place, _ in new], [cells for _, cells in new], [])
        codes = list(map(self._agreed.get, rows))
        if None in codes:
            left = [place for place, code in enumerate(codes) if code is None]
            self._take([places[place] for place in left], [rows[place] for place in left], rejected)
        return codes

    def _take(self, places: Sequence[int], rows: Sequence[tuple[Cell, ...]], rejected: list[Rejection]) -> None:
        """Let rows agree with those before, or say what is wrong with them."""
        if not rows:
            return
        found: list[Rejection] = []
        columns = zip(*rows, strict=True)
        values = [
            read_column(column, places, cells, found) for column, cells in zip(UNIT_COLUMNS, columns, strict=True)
        ]
        bad = {rejection.line for rejection in found}
        for place, cells, (code, *rest) in zip(places, rows, zip(*values, strict=True), strict=True):
            if place in bad:
                self.mark_broken(place, cells)
                continue
            told = Unit(place, *rest)
            unit = self.units.setdefault(code, Unit(place))
            if conflicts := list(unit.find_conflicts(told, self.tell)):
                found.extend(conflicts)
                continue
            unit.take_over(told)
            self._agreed[cells] = code
        rejected.extend(found)

    def mark_broken(self, place: int, cells: Sequence[Cell]) -> None:
        """Remember that a unit was named on a row that was rejected."""
        self.broken.setdefault(text_of(cells[0]), place)

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
            reason = self._why_unknown(code, unit.place, Said("unknown unit, and no row gives its unit_name"))
            yield UnitFault(self.broken.get(code, unit.place), Column.UNIT_CODE, code, reason)
        parent = unit.parent
        if parent is not None and parent not in self.units and parent not in self.known:
            place = unit.said_on[Column.PARENT_CODE]
            yield UnitFault(place, Column.PARENT_CODE, parent, self._why_unknown(parent, place, Said("unknown unit")))

    def _why_unknown(self, code: str, seen_from: int, reason: Said) -> Said:
        return self.rejected_on(self.broken[code], seen_from) if code in self.broken else reason

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
                place = self.units[code].said_on[Column.PARENT_CODE]
                self._fault_of_parent(code, self.rejected_on(faults[parent][0].place, place), faults)

    def _fault_of_parent(self, code: str, reason: Said, faults: dict[str, list[UnitFault]]) -> None:
        unit = self.units[code]
        fault = UnitFault(unit.said_on[Column.PARENT_CODE], Column.PARENT_CODE, unit.parent or "", reason)
        faults.setdefault(code, []).append(fault)

    def rejected_on(self, place: int, seen_from: int) -> Said:
        """Say of a unit that what a row says of it was not taken."""
        return Said("this unit is rejected on line {line}", line=self.tell(place, seen_from))
