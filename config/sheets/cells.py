"""Cells as they come out of a sheet, and the text that people see in them."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from config.said import Said

Cell = str | int | float | bool | date | datetime | time
"""A text, a number, a date or a time; an empty text where nothing stands."""

_LETTERS = 26
_EXACT = 10**15
"""Below it every whole number is kept as it was typed; spreadsheets keep fifteen digits."""
_ERROR = re.compile(r"#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)|Err:[0-9]{3}")
_LONGEST_FORMULA = 60


class NoValue(str):
    """What stands in a cell without a value: an error such as #N/A, or the formula that nobody has worked out.

    It is no text that was typed, and never a blank: whoever takes cells refuses it.
    """

    __slots__ = ()

    @classmethod
    def of_formula(cls, formula: str) -> "NoValue":
        """Take a formula, with or without the sign before it."""
        return cls(f"={formula.strip().removeprefix('=')}"[:_LONGEST_FORMULA])


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


def is_error(text: str) -> bool:
    """Tell whether a text is one of those that spreadsheets show for an error."""
    return text[:1] in ("#", "E") and _ERROR.fullmatch(text) is not None


def why_no_value(cell: Cell) -> Said | None:
    """Say why nothing can be taken from a cell without a value; None for any other.

    An error that was copied as text is one too.
    """
    if not isinstance(cell, str):
        return None
    if is_error(cell):
        return Said("an error of the spreadsheet, not a value; mend its formula, or write the value itself")
    if isinstance(cell, NoValue):
        return Said("a formula that nobody has worked out; open the file and save it once, or write the value itself")
    return None


def letters_of(place: int) -> str:
    """Name a column the way spreadsheets do: A for 0, AA for 26."""
    name = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, _LETTERS)
        name = chr(ord("A") + letter) + name
    return name
