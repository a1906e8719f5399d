"""Rows of a sheet that follow one another, and what the reading of them does not tell."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from config.sheets.cells import Cell, MergedCell, NoValue

Merge = tuple[int, int, int]
"""The first row and the last, and the first column, from 0."""


class Batch(NamedTuple):
    """Some rows that follow one another: the number of each, counted from 1 as people see it, and their columns.

    The first column is A. Texts have no blanks around them; where nothing stands there is an empty one, and NoValue
    where an error stands or a formula that nobody has worked out. A cell that is merged over several rows is
    MergedCell in each of them.
    """

    numbers: list[int]
    columns: Sequence[Sequence[Cell]]

    def rows(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Give the rows one by one."""
        return zip(self.numbers, zip(*self.columns, strict=True), strict=True)


def with_valueless(batches: Iterator[Batch], found: Mapping[int, Mapping[int, NoValue]]) -> Iterator[Batch]:
    """Put the cells without a value where they stand: the reading has blanks there, and no row where all are."""
    left = deque(sorted(number for number, cells in found.items() if cells))
    for batch in batches:
        coming: list[int] = []
        while left and left[0] <= batch.numbers[-1]:
            coming.append(left.popleft())
        yield _put(batch, {number: found[number] for number in coming}) if coming else batch
    if left:
        yield _put(Batch([], []), {number: found[number] for number in left})


def with_merges(batches: Iterator[Batch], merges: Iterable[Merge]) -> Iterator[Batch]:
    """Put what is merged over several rows into each of those that has something else; `merges` by their first rows."""
    coming = deque(merges)
    reaching: list[tuple[int, int, Cell]] = []
    for batch in batches:
        if not reaching and not (coming and coming[0][0] < batch.numbers[-1]):
            yield batch
            continue
        rows = [list(row) for _, row in batch.rows()]
        for number, row in zip(batch.numbers, rows, strict=True):
            reaching = [found for found in reaching if found[0] >= number]
            while coming and coming[0][0] < number:
                top, bottom, column = coming.popleft()
                if top == number - 1 and column < len(row) and row[column] != "":
                    reaching.append((bottom + 1, column, _merged(row[column])))
            for _, column, cell in reaching:
                if column < len(row):
                    row[column] = cell
        yield Batch(batch.numbers, list(zip(*rows, strict=True)))


def _merged(cell: Cell) -> Cell:
    return cell if isinstance(cell, NoValue) else MergedCell(cell)


def _put(batch: Batch, found: Mapping[int, Mapping[int, NoValue]]) -> Batch:
    width = max(len(batch.columns), 1 + max(max(cells) for cells in found.values()))
    rows = {number: [*row, *[""] * (width - len(row))] for number, row in batch.rows()}
    for number, cells in found.items():
        row = rows.setdefault(number, [""] * width)
        for place, cell in cells.items():
            row[place] = cell
    numbers = sorted(rows)
    return Batch(numbers, list(zip(*(rows[number] for number in numbers), strict=True)))
