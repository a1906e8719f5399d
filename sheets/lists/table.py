"""A list as it leaves the house: typed columns, and rows that are written while they are read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum, auto
from zoneinfo import ZoneInfo

from config.definition.text import Text
from config.vocabulary import Language


class Kind(Enum):
    """What stands in a column. A word is one of the vocabulary, a moment an aware instant, a share a fraction of 1.

    A text may be one in two languages.
    """

    TEXT = auto()
    WORD = auto()
    WHOLE = auto()
    AMOUNT = auto()
    SHARE = auto()
    DAY = auto()
    MOMENT = auto()
    YES = auto()


Cell = str | StrEnum | Text | int | float | Decimal | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: programs call it by its code, people by its title; its width is in characters."""

    code: str
    title: Text
    kind: Kind = Kind.TEXT
    width: int = 14


@dataclass(frozen=True, slots=True)
class Table:
    """A list with its rows, to be read once; its moments are shown by the clocks of `zone`."""

    title: Text
    columns: tuple[Column, ...]
    zone: ZoneInfo
    rows: Iterator[tuple[Cell, ...]]

    def header(self, language: Language) -> list[str]:
        """Say what is over the columns; a moment's names the clock that it is shown by."""
        zone = f" ({self.zone.key})"
        return [column.title.of(language) + (zone if column.kind is Kind.MOMENT else "") for column in self.columns]


def column(code: str, zh: str, en: str, kind: Kind = Kind.TEXT, width: int = 14) -> Column:
    """Make a column of its words in both languages."""
    return Column(code, Text(zh=zh, en=en), kind, width)
