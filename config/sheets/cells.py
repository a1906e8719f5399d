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
_DITTO = frozenset({"同上", "同前", '"', "''", "〃", "″", "”", "“", "ditto", "Ditto", "do."})
_SIGNS_OF_DITTO = ("同", '"', "'", "〃", "″", "”", "“", "itto", "do.")


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


class NoValue(str):
    """What stands in a cell without a value of its own: an error such as #N/A, a formula that nobody has worked out.

    It is no text that was typed, and never a blank: whoever takes cells refuses it, and `why_no_value` says why.
    """

    __slots__ = ()

    @classmethod
    def of_formula(cls, formula: str) -> "NoValue":
        """Take a formula, with or without the sign before it."""
        return cls(f"={formula.strip().removeprefix('=')}"[:_LONGEST_FORMULA])


class MergedCell(NoValue):
    """What stands in a cell that is merged over several rows, in each of them: it may be meant for one or for all.

    `cell` is what was typed.
    """

    __slots__ = ("cell",)

    cell: Cell

    def __new__(cls, cell: Cell) -> "MergedCell":
        """Take what stands in the first of the rows."""
        made = super().__new__(cls, text_of(cell))
        made.cell = cell
        return made


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


def is_ditto(cell: Cell) -> bool:
    """Tell whether a cell says no more than that it is as the one above."""
    return type(cell) is str and cell in _DITTO


def have_ditto(texts: Sequence[str], together: str) -> bool:
    """Tell whether one of many texts does; they are looked at one by one only where what they say together may."""
    return any(sign in together for sign in _SIGNS_OF_DITTO) and not _DITTO.isdisjoint(texts)


def why_no_value(cell: Cell) -> Said | None:
    """Say why nothing can be taken from a cell without a value; None for any other.

    An error that was copied as text is one too, and so is a mark that stands for the cell above.
    """
    if not isinstance(cell, str):
        return None
    if isinstance(cell, MergedCell):
        return Said("one cell over several rows; split it, and write in each row what is meant for that row")
    if is_error(cell):
        return Said("an error of the spreadsheet, not a value; mend its formula, or write the value itself")
    if isinstance(cell, NoValue):
        return Said("a formula that nobody has worked out; open the file and save it once, or write the value itself")
    return Said("stands for the cell above; write out what is meant") if is_ditto(cell) else None


def letters_of(place: int) -> str:
    """Name a column the way spreadsheets do: A for 0, AA for 26."""
    name = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, _LETTERS)
        name = chr(ord("A") + letter) + name
    return name
