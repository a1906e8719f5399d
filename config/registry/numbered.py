"""Codes that a spreadsheet has made numbers of: the zeros before them are lost, and may be missed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from config.registry.cells import reject
from config.registry.columns import Column
from config.registry.rows import Rejection
from config.said import Said
from config.sheets.cells import Cell, is_number


@dataclass(slots=True)
class NumberedCodes:
    """The codes of one kind that stood as numbers, with the places where; and those spelt with zeros before them."""

    column: Column
    places: dict[str, list[int]] = field(default_factory=dict)
    spelt: dict[str, str] = field(default_factory=dict)
    longest: int = 0

    def enter(self, places: Sequence[int], cells: Sequence[Cell], codes: Sequence[str | None]) -> None:
        """Look at a column that was read."""
        if set(map(type, cells)) == {str}:
            told = list(filter(None, codes))
            if "\n0" in "\n" + "\n".join(told):
                self.know(told)
            return
        for place, cell, code in zip(places, cells, codes, strict=True):
            if code is None:
                continue
            if is_number(cell):
                self.places.setdefault(code, []).append(place)
            else:
                self.know([code])

    def know(self, codes: Iterable[str]) -> None:
        """Take codes that are known to be spelt as they are."""
        for code in codes:
            if code[0] == "0" and code.isdecimal():
                self.spelt[code.lstrip("0")] = code
                self.longest = max(self.longest, len(code))

    def find_lost_zeros(self) -> Iterator[Rejection]:
        """Reject the numbers that may have had zeros before them: others of their kind have."""
        for code, places in self.places.items():
            if len(code) < self.longest:
                meant = self.spelt.get(code, code.zfill(self.longest))
                reason = Said("a number, which loses zeros before it: is it {code}? write it as text", code=meant)
                yield from (reject(place, self.column, code, reason) for place in places)
