"""Cells as they come out of a sheet, and the text that people see in them."""

from collections.abc import Sequence
from datetime import date, datetime, time

Cell = str | int | float | bool | date | datetime | time
"""A text, a number, a date or a time; an empty text where nothing stands."""

_LETTERS = 26
_EXACT = 10**15
"""Below it every whole number is kept as it was typed; spreadsheets keep fifteen digits."""


def text_of(cell: Cell) -> str:
    """Return what a cell says: a whole number without a decimal point, a date as 2009-09-07."""
    if type(cell) is str:
        return cell
    if type(cell) is float and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    if type(cell) is bool:
        return str(cell).upper()
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def texts_of(cells: Sequence[Cell]) -> list[str]:
    """Return what the cells of a column say."""
    return list(cells) if set(map(type, cells)) <= {str} else list(map(text_of, cells))  # type: ignore[arg-type]


def is_number(cell: Cell) -> bool:
    """Tell whether a cell holds a number, which has lost the zeros before it."""
    return type(cell) is float or type(cell) is int


def is_inexact(cell: Cell) -> bool:
    """Tell whether a cell holds a number with more digits than a spreadsheet keeps."""
    return (type(cell) is float or type(cell) is int) and abs(cell) >= _EXACT


def is_date(cell: Cell) -> bool:
    """Tell whether a cell holds a date or a time, which may have been typed as something else."""
    return isinstance(cell, date | time)


def letters_of(place: int) -> str:
    """Name a column the way spreadsheets do: A for 0, AA for 26."""
    name = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, _LETTERS)
        name = chr(ord("A") + letter) + name
    return name
