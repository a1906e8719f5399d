"""The cells without a value in a workbook: errors, and formulas that nobody has worked out.

The library that reads the rows gives a blank for each of them, as it does where nothing stands.
"""

import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from typing import IO
from xml.parsers import expat

from config.sheets.binary import find_in_compound
from config.sheets.cells import NoValue, is_error
from config.sheets.container import Kind, measure, opened, sheet_parts
from config.sheets.source import Source

Valueless = Mapping[int, Mapping[int, NoValue]]
"""Of a sheet: by the number of the row, counted from 1, and by the place in it, counted from 0."""

_MOST_REPEATED = 100_000
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ALL_STALE = re.compile(rb"<(?:\w+:)?calcPr[^>]*\bfullCalcOnLoad=[\"'](?:1|true)[\"']")


def find_valueless(source: Source, kind: Kind) -> Mapping[str, Valueless]:
    """Find the cells without a value, by the names of the sheets.

    A zipped workbook is measured first, as `measure` does, and SheetFileError raised for what that finds.
    """
    if kind is Kind.COMPOUND:
        return find_in_compound(source.read())
    parts = measure(source)
    if not parts:
        return {}
    with opened(source) as archive:
        try:
            if "content.xml" in parts:
                with archive.open("content.xml") as file:
                    return _OpenDocument().read(file)
            return _find_in_parts(archive, parts)
        except expat.ExpatError:
            return {}  # who reads the rows says so


def _find_in_parts(archive: zipfile.ZipFile, parts: frozenset[str]) -> Mapping[str, Valueless]:
    is_stale = _ALL_STALE.search(archive.read("xl/workbook.xml")) is not None
    found: dict[str, Valueless] = {}
    for name, part in sheet_parts(archive):
        if part in parts:
            with archive.open(part) as file:
                found[name] = _Sheet(is_stale=is_stale).read(file)
    return found


class _Sheet:
    """A sheet of Excel's, looked through for cells that hold an error, or a formula and no value.

    Where the file `is_stale`, all is to be worked out when it is opened: nought is then as good as no value.
    """

    def __init__(self, *, is_stale: bool) -> None:
        self._no_values = ("", "0") if is_stale else ("",)
        self._found: defaultdict[int, dict[int, NoValue]] = defaultdict(dict)
        self._row = self._column = 0
        self._kind = ""
        self._formula: str | None = None
        self._value: str | None = None
        self._said: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end

    def read(self, file: IO[bytes]) -> Valueless:
        """Read the part."""
        self._parser.ParseFile(file)
        return self._found

    def _begin(self, element: str, attributes: dict[str, str]) -> None:
        match element.rpartition(":")[2]:
            case "row":
                self._row = int(attributes.get("r", self._row + 1))
                self._column = -1
            case "c":
                self._column = _column_of(attributes.get("r", ""), self._column + 1)
                self._kind = attributes.get("t", "")
                self._formula = self._value = None
            case "f" | "v":
                self._said = []
                self._parser.CharacterDataHandler = self._said.append

    def _end(self, element: str) -> None:
        match element.rpartition(":")[2]:
            case "f":
                self._formula = "".join(self._said)
                self._parser.CharacterDataHandler = None
            case "v":
                self._value = "".join(self._said)
                self._parser.CharacterDataHandler = None
            case "c":
                if (cell := self._no_value()) is not None:
                    self._found[self._row][self._column] = cell

    def _no_value(self) -> NoValue | None:
        if self._kind == "e":
            return NoValue(self._value or "#N/A")
        if self._formula is None or (self._kind == "str" and self._value is not None):
            return None
        return NoValue.of_formula(self._formula) if (self._value or "") in self._no_values else None


def _column_of(place: str, otherwise: int) -> int:
    if not (found := _PLACE.fullmatch(place)):
        return otherwise
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


class _OpenDocument:
    """An open document, looked through for the same; it counts rows and cells and says how often each is repeated."""

    def __init__(self) -> None:
        self._sheets: dict[str, Valueless] = {}
        self._found: defaultdict[int, dict[int, NoValue]] = defaultdict(dict)
        self._row = self._rows = self._column = self._columns = 0
        self._cell: dict[str, str] = {}
        self._said: list[str] | None = None
        self._notes = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end

    def read(self, file: IO[bytes]) -> Mapping[str, Valueless]:
        """Read its content."""
        self._parser.ParseFile(file)
        return self._sheets

    def _begin(self, element: str, attributes: dict[str, str]) -> None:
        match element:
            case "table:table":
                self._found = defaultdict(dict)
                self._sheets[attributes.get("table:name", "")] = self._found
                self._row, self._rows = 0, 1
            case "table:table-row":
                self._row += self._rows
                self._rows = int(attributes.get("table:number-rows-repeated", 1))
                self._column, self._columns = -1, 1
            case "table:table-cell" | "table:covered-table-cell":
                self._column += self._columns
                self._columns = int(attributes.get("table:number-columns-repeated", 1))
                self._cell, self._said = attributes, None
            case "office:annotation":
                self._notes += 1
            case "text:p" if not self._notes:
                self._said = self._said or []
                self._parser.CharacterDataHandler = self._said.append

    def _end(self, element: str) -> None:
        match element:
            case "text:p":
                self._parser.CharacterDataHandler = None
            case "office:annotation":
                self._notes -= 1
            case "table:table-cell" | "table:covered-table-cell":
                if (cell := self._no_value()) is not None:
                    self._keep(cell)

    def _no_value(self) -> NoValue | None:
        said = None if self._said is None else "".join(self._said)
        formula = self._cell.get("table:formula")
        if self._cell.get("calcext:value-type") == "error":
            return NoValue(said or "#N/A")
        if formula is None:
            return None
        if said is not None and is_error(said):
            return NoValue(said)
        has_value = said is not None or "office:value-type" in self._cell
        return None if has_value else NoValue.of_formula(formula.partition(":=")[2] or formula)

    def _keep(self, cell: NoValue) -> None:
        for row in range(self._row, self._row + min(self._rows, _MOST_REPEATED)):
            self._found[row] |= dict.fromkeys(range(self._column, self._column + self._columns), cell)
