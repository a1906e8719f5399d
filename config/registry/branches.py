"""The branches of a registry: their cells, and what has to agree between rows."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from config.registry.cells import reject
from config.registry.columns import BRANCH_COLUMNS, COUNTS, Column
from config.registry.numbered import NumberedCodes
from config.registry.officers import Officers
from config.registry.plain import read_column
from config.registry.rows import BranchColumns, Rejection, left
from config.registry.units import Tell
from config.said import Said
from config.sheets.cells import Cell, text_of
from config.vocabulary import BranchStatus

# Cells that only a branch has; a count of nought is as good as a blank.
_TELLING = frozenset(BRANCH_COLUMNS) - {Column.KIND, Column.STATUS, Column.INDUSTRY, Column.GRADE}
_BLANKS = ("", "0", "\uff10")
_COUNTS = tuple(BRANCH_COLUMNS.index(column) for column in COUNTS)

_STATUS, _OFFICER, _NAME, _CHANNEL, _SUCCESSOR = map(
    BRANCH_COLUMNS.index,
    (Column.STATUS, Column.OFFICER_CODE, Column.OFFICER_NAME, Column.CHANNEL, Column.SUCCESSOR),
)


@dataclass(slots=True)
class BranchBook:
    """The branch codes and officers met so far, each with the row that has it first."""

    tell: Tell
    branches: dict[str, int] = field(default_factory=dict)
    officers: Officers = field(default_factory=Officers)
    codes: NumberedCodes = field(default_factory=lambda: NumberedCodes(Column.BRANCH_CODE))
    officer_codes: NumberedCodes = field(default_factory=lambda: NumberedCodes(Column.OFFICER_CODE))

    def enter(
        self,
        places: Sequence[int],
        units: Sequence[str | None],
        columns: Sequence[Sequence[Cell]],
        rejected: list[Rejection],
    ) -> tuple[BranchColumns, list[list[int | None]]]:
        """Take the branches of rows; return those that are sound, and the counts of all, None for one that is none."""
        found: list[Rejection] = []
        read = [
            read_column(column, places, cells, found) for column, cells in zip(BRANCH_COLUMNS, columns, strict=True)
        ]
        self.codes.enter(places, columns[0], read[0])
        self.officer_codes.enter(places, columns[_OFFICER], read[_OFFICER])
        found.extend(self._find_repeated_codes(places, read[0]))
        found.extend(self.officers.enter(places, read[_OFFICER], read[_NAME], read[_CHANNEL], self.tell))
        if any(read[_SUCCESSOR]):
            found.extend(_end_merged(places, read))
        rejected.extend(found)
        bad = {rejection.line for rejection in found}
        taken: BranchColumns = [list(places), list(units), *read]
        keep = [place not in bad and unit is not None for place, unit in zip(places, units, strict=True)]
        return (taken if all(keep) else left(taken, keep)), [read[place] for place in _COUNTS]

    def codes_on(self, places: Collection[int]) -> frozenset[str]:
        """Return the branch codes that stand on some rows."""
        return frozenset(code for code, place in self.branches.items() if place in places) if places else frozenset()

    def _find_repeated_codes(self, places: Sequence[int], codes: Sequence[str | None]) -> Iterator[Rejection]:
        firsts = self.branches
        if None not in codes and firsts.keys().isdisjoint(codes):
            found = dict(zip(reversed(codes), reversed(places), strict=True))
            firsts.update(found)  # type: ignore[arg-type]
            if len(found) == len(codes):
                return
        for place, code in zip(places, codes, strict=True):
            if code is not None and (first := firsts.setdefault(code, place)) != place:
                reason = Said("already on line {first}", first=self.tell(first, place))
                yield reject(place, Column.BRANCH_CODE, code, reason)


def _end_merged(places: Sequence[int], read: Sequence[list[Any]]) -> Iterator[Rejection]:
    """Let a branch that went into another be dissolved where its row does not say so; reject what cannot be."""
    codes, states = read[0], read[_STATUS]
    for row, successor in enumerate(read[_SUCCESSOR]):
        if successor is None:
            continue
        states[row] = states[row] or BranchStatus.DISSOLVED.value
        if successor == codes[row]:
            yield reject(places[row], Column.SUCCESSOR, successor, Said("the branch itself"))
        elif states[row] != BranchStatus.DISSOLVED:
            reason = Said("the branch has a successor and is not dissolved; leave one of the two out")
            yield reject(places[row], Column.SUCCESSOR, successor, reason)


def find_lost_cells(place: int, cells: Sequence[Cell]) -> Iterator[Rejection]:
    """Look at a row without a branch, which only adds a unit: what it says about one would be lost without a word."""
    telling = [
        column
        for column, cell in zip(BRANCH_COLUMNS, cells, strict=True)
        if column in _TELLING and text_of(cell) not in _BLANKS
    ]
    if telling:
        reason = Said("missing, although the row has {columns}", columns=", ".join(telling))
        yield reject(place, Column.BRANCH_CODE, "", reason)
