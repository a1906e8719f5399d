"""How much room text takes: spreadsheets count in digits of their font, and a Chinese character takes two."""

import unicodedata

_WIDE = frozenset("WF")
_AROUND = 2


def width_of(text: str) -> int:
    """Return how many digits wide a line is."""
    return sum(2 if unicodedata.east_asian_width(character) in _WIDE else 1 for character in text)


def fitting(text: str, least: int, most: int) -> int:
    """Return the width of a column for a text of several lines, between two bounds."""
    return min(max(least, *(width_of(line) + _AROUND for line in text.splitlines())), most)


def lines_of(text: str, width: float) -> int:
    """Return on how many lines a text stands in a column of a width."""
    room = max(1, int(width) - _AROUND)
    return sum(max(1, -(-width_of(line) // room)) for line in text.splitlines()) or 1
