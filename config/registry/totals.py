"""What the rows of a sheet add up to, held against the rows that say so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from config.errors import WrongValue
from config.registry.cells import read_count, reject
from config.registry.columns import COLUMNS, COUNTS
from config.registry.rows import Rejection
from config.said import Said
from config.sheets import Cell, TotalRow, text_of, why_no_value


@dataclass(slots=True)
class _Run:
    """The sums of the rows between two rows of totals; None where a count of theirs could not be read."""

    sums: list[int | None] = field(default_factory=lambda: [0] * len(COUNTS))


@dataclass(slots=True)
class Totals:
    """The sums of one sheet, run by run, and what its rows of totals say.

    A total is right when it is that of all rows, of all above it, of those since the one before, or of those up to the
    next: offices put it at the top, between and at the foot.
    """

    runs: list[_Run] = field(default_factory=lambda: [_Run()])
    said: list[tuple[int, TotalRow, int]] = field(default_factory=list)

    def add(self, counts: Sequence[Sequence[int | None]]) -> None:
        """Add the counts of rows, column by column."""
        sums = self.runs[-1].sums
        for place, column in enumerate(counts):
            before = sums[place]
            sums[place] = None if before is None or None in column else before + sum(column)  # type: ignore[arg-type]

    def enter(self, place: int, row: TotalRow) -> None:
        """Take a row of totals; what is added afterwards stands below it."""
        self.said.append((place, row, len(self.runs)))
        self.runs.append(_Run())

    def find_wrong(self) -> Iterator[Rejection]:
        """Reject the totals that are none; to be called at the end of the sheet."""
        for place, row, run in self.said:
            for which, column in enumerate(COUNTS):
                cell = row.cells[COLUMNS.index(column)]
                if no_value := why_no_value(cell):
                    yield reject(place, column, text_of(cell), no_value)
                    continue
                sums = [each.sums[which] for each in self.runs]
                if (right := _right_sum(cell, sums, run, row.is_subtotal)) is not None:
                    reason = Said("the rows add up to {sum}", sum=right)
                    yield reject(place, column, text_of(cell), reason)


def _right_sum(cell: Cell, sums: Sequence[int | None], run: int, is_subtotal: bool) -> int | None:
    """Return what a total should be; None where it is right, blank, or cannot be told."""
    text = text_of(cell)
    if not text:
        return None
    known = [value for value in sums if value is not None]
    if len(known) < len(sums):
        return None
    try:
        said = read_count(text)
    except WrongValue:
        said = -1
    since = known[run - 1]
    right = {sum(known), sum(known[:run]), since, known[run] if run < len(known) else since}
    if said in right:
        return None
    return since if is_subtotal else sum(known[:run]) or sum(known)
