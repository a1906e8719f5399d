"""What people type into cells, read leniently: full-width digits, numbers as text, and the many words for done."""

import unicodedata
from decimal import Decimal

from config import numbers
from config.sheets import Cell, NoValue
from config.vocabulary import Language
from sheets.answers.words import Word

_BLANK = frozenset({"", "-", "--", "–", "—", "——", "―", "·", "/"})
_YES = frozenset({*map(Word.YES.of, Language), "完成", "是", "已办结", "办结", "√", "✓", "✔", "y", "yes", "true", "1"})
_NO = frozenset({"否", "未完成", "没有", "未", "n", "no", "false", "0"})
_DIGITS_KEPT = ".15g"
"""Spreadsheets keep fifteen digits; what comes after them is what a formula could not hold."""


def text_in(cell: Cell) -> str:
    """Return what a cell says, without the blanks around it: 12 for 12.0."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int | float):
        return f"{_exact(cell):f}"
    return str(cell).strip()


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell says nothing, or has the dash or the dot of one that need not be filled in."""
    return _plain(text_in(cell)) in _BLANK


def read_done(cell: Cell) -> bool | None:
    """Tell whether a cell says that the task is done; None for what is neither yes nor no."""
    if isinstance(cell, NoValue):
        return None
    said = _plain(text_in(cell))
    if said in _YES:
        return True
    return False if said in _NO or said in _BLANK else None


def read_number(cell: Cell) -> Decimal | None:
    """Return the number in a cell, also one that was typed as text; None for what is none."""
    if isinstance(cell, bool | NoValue):
        return None
    if isinstance(cell, int | float):
        return _exact(cell)
    return numbers.read_number(text_in(cell))


def _exact(number: float) -> Decimal:
    exact = Decimal(number) if isinstance(number, int) else Decimal(f"{number:{_DIGITS_KEPT}}")
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()


def _plain(text: str) -> str:
    """Turn full-width characters into plain ones, and capitals into small ones."""
    return unicodedata.normalize("NFKC", text).strip().casefold()
