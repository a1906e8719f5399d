"""From text to records: the cells of each line in one order, whatever the order in the file."""

import csv
import io
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from config.errors import WrongValue
from config.registry.columns import find_columns
from config.registry.rows import RegistryFileError
from config.said import Said


class Record(NamedTuple):
    """A line that is not blank: where it begins, its cells in the order of COLUMNS, and what stands beyond them."""

    line: int
    cells: tuple[str, ...]
    surplus: str


def read_records(path: Path, text: str) -> Iterator[Record]:
    """Yield the records below the header; columns that the file has not are blank.

    Raises RegistryFileError for a header that does not fit, quotes that do not match, and a file without a record.
    """
    lines = ((line, cells) for line, cells in _read_lines(path, text) if any(map(str.strip, cells)))
    top, header = next(lines)
    while not header[-1].strip():
        header.pop()
    try:
        pick = itemgetter(*find_columns(header))
    except WrongValue as wrong:
        raise RegistryFileError.at(path, top, wrong.said) from None
    width = len(header)
    blank = [""] * (width + 1)
    line = None
    for line, cells in lines:
        surplus = [cell for cell in cells[width:] if cell.strip()]
        yield Record(line, pick(cells[:width] + blank[len(cells[:width]) :]), ",".join(surplus))
    if line is None:
        raise RegistryFileError.at(path, top, Said("has a header and no rows below it"))


def _read_lines(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as fault:
        message = Said("the quotes or commas of this line do not fit: {problem}", problem=Said(str(fault)))
        raise RegistryFileError.at(path, begins, message) from None
