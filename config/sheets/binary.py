"""The cells without a value in a workbook of the old binary kind, xls.

Such a file is a small file system: streams that lie in pieces over sectors. One of the streams is the workbook:
records, each after its kind and its length.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from struct import Struct, error

from config.sheets.cells import NoValue

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_BEGIN, _END, _SHEET, _CODE_PAGE, _FORMULA, _TRUTH_OR_ERROR = 0x0809, 0x000A, 0x0085, 0x0042, 0x0006, 0x0205
_BIFF8 = 0x0600
_NO_NUMBER, _IS_ERROR, _IS_BLANK = 0xFFFF, 2, 3
"""What marks the result of a formula that is no number, and what it is then."""
_WORK_OUT_ON_OPENING = 2
_WORKBOOK, _SUMMARY = ("Workbook", "Book"), "\x05SummaryInformation"
"""Office programs write a summary beside the workbook. Libraries that write none work no formula out: all are blank."""
_NO_SECTOR = 0xFFFF_FFF0
"""Numbers of sectors from here on mean that there is none."""
_ENTRY = 128
_HEAD = 512
_TABLES_IN_HEAD = 109
_Number, _Short, _Record = Struct("<I"), Struct("<H"), Struct("<HH")
_Place, _Cell, _Result = Struct("<II"), Struct("<HHH"), Struct("<6sHH")


def find_in_compound(data: bytes) -> Mapping[str, Mapping[int, Mapping[int, NoValue]]]:
    """Find the cells, by sheet, number of the row and place in it; nothing in a file that is damaged or something else.

    Who reads the rows says what is wrong with such a file.
    """
    try:
        file = _Compound(data)
        stream, is_of_office = file.stream(*_WORKBOOK), file.has(_SUMMARY)
        return {name: _find_in_sheet(stream, place, is_of_office=is_of_office) for name, place in _sheets_of(stream)}
    except (error, IndexError, UnicodeDecodeError, LookupError):
        return {}


def _sheets_of(stream: bytes) -> Iterator[tuple[str, int]]:
    is_new, encoding = True, "cp1252"
    for kind, body in _records_from(stream, 0):
        if kind == _BEGIN:
            is_new = _Short.unpack_from(body)[0] >= _BIFF8
        elif kind == _CODE_PAGE:
            encoding = f"cp{_Short.unpack_from(body)[0]}"
        elif kind == _SHEET:
            name, is_wide = (body[8:], body[7] & 1) if is_new else (body[7:], 0)
            spelt = "utf-16-le" if is_wide else "latin-1" if is_new else encoding
            yield name.decode(spelt), _Number.unpack_from(body)[0]


def _find_in_sheet(stream: bytes, place: int, *, is_of_office: bool) -> Mapping[int, Mapping[int, NoValue]]:
    found: defaultdict[int, dict[int, NoValue]] = defaultdict(dict)
    for kind, body in _records_from(stream, place):
        if kind not in (_FORMULA, _TRUTH_OR_ERROR):
            continue
        row, column, _ = _Cell.unpack_from(body)
        cell = _no_value_of_formula(body, is_of_office) if kind == _FORMULA else _error(body[6]) if body[7] else None
        if cell is not None:
            found[row + 1][column] = cell
    return found


def _no_value_of_formula(body: bytes, is_of_office: bool) -> NoValue | None:
    result, mark, flags = _Result.unpack_from(body, _Cell.size)
    if mark != _NO_NUMBER:
        return None
    if result[0] == _IS_ERROR:
        return _error(result[2])
    is_stale = not is_of_office or flags & _WORK_OUT_ON_OPENING
    return NoValue.of_formula("…") if result[0] == _IS_BLANK and is_stale else None


def _error(code: int) -> NoValue:
    return NoValue(_ERRORS.get(code, "#N/A"))


def _records_from(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Give the records from a place up to the end of what begins there; what is begun inside it belongs to it."""
    depth = 0
    while place + _Record.size <= len(stream):
        kind, length = _Record.unpack_from(stream, place)
        place += _Record.size
        yield kind, stream[place : place + length]
        place += length
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return


class _Compound:
    """A file of streams in sectors; those of less than 4 KiB lie in small sectors within a stream of their own."""

    def __init__(self, data: bytes) -> None:
        self._sectors = _Sectors(data, 1 << _Short.unpack_from(data, 30)[0], _HEAD)
        heads = _numbers(data[76 : 76 + 4 * _TABLES_IN_HEAD])
        further = _Number.unpack_from(data, 68)[0]
        while further < _NO_SECTOR and len(heads) * self._sectors.size <= len(data):
            *numbers, further = _numbers(self._sectors.get(further))
            heads += numbers
        tables = b"".join(self._sectors.get(number) for number in heads if number < _NO_SECTOR)
        self._sectors.following = _numbers(tables)
        self._data = data
        directory = self._sectors.chain(_Number.unpack_from(data, 48)[0])
        self._entries = [
            (entry[: max(_Short.unpack_from(entry, 64)[0] - 2, 0)].decode("utf-16-le"), *_Place.unpack_from(entry, 116))
            for entry in (directory[place : place + _ENTRY] for place in range(0, len(directory), _ENTRY))
        ]

    def has(self, name: str) -> bool:
        """Tell whether there is a stream of that name."""
        return any(name == there for there, *_ in self._entries)

    def stream(self, *names: str) -> bytes:
        """Return the first stream that is called one of these; IndexError where there is none."""
        for name, first, length in self._entries:
            if name in names:
                is_small = length < _Number.unpack_from(self._data, 56)[0]
                return (self._small() if is_small else self._sectors).chain(first)[:length]
        raise IndexError

    def _small(self) -> "_Sectors":
        _, first, _ = self._entries[0]
        streams = self._sectors.chain(first)
        small = _Sectors(streams, 1 << _Short.unpack_from(self._data, 32)[0], 0)
        small.following = _numbers(self._sectors.chain(_Number.unpack_from(self._data, 60)[0]))
        return small


class _Sectors:
    """Pieces of one size, and for each the number of the piece that follows it."""

    def __init__(self, data: bytes, size: int, start: int) -> None:
        self._data, self.size, self._start = data, size, start
        self.following: list[int] = []

    def get(self, number: int) -> bytes:
        """Return one piece."""
        place = self._start + number * self.size
        return self._data[place : place + self.size]

    def chain(self, number: int) -> bytes:
        """Put together what begins with one piece."""
        pieces: list[bytes] = []
        while number < _NO_SECTOR and len(pieces) < len(self.following):
            pieces.append(self.get(number))
            number = self.following[number]
        return b"".join(pieces)


def _numbers(data: bytes) -> list[int]:
    return [number for (number,) in _Number.iter_unpack(data)]
