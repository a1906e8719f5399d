"""Sheets as text: from bytes to text in the encoding that it is in, and from text to rows."""

import codecs
import csv
import io
from collections.abc import Iterator

from config.said import Said
from config.sheets.faults import SheetFileError

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATORS = (",", "\t", ";")
_LINES_LOOKED_AT = 40
_BYTES_LOOKED_AT = 1024
_ENDS_OF_CELLS = "\r\n,\t;"


def decode_text(name: str, data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or GB18030, with or without a mark of byte order.

    Raises SheetFileError, with the line where there is one, for a file that is empty, or text in none of them.
    """
    text = _decode(name, data)
    if not text.strip():
        raise SheetFileError.at(name, None, Said("is empty"))
    if text.lstrip()[:200].lower().startswith(("<html", "<!doctype", "<?xml", "<table")):
        raise SheetFileError.at(name, None, Said("is a web page under another name; open it and save it as .xlsx"))
    return text


def read_lines(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a text that are not blank, each with the line where it begins.

    Cells are separated by commas, tabs or semicolons, whichever the first lines have most of. Raises SheetFileError
    for quotes that do not match.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=_separator_of(text))
    begins = 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as fault:
        message = Said("the quotes or commas of this line do not fit: {problem}", problem=Said(str(fault)))
        raise SheetFileError.at(name, begins, message) from None


def _separator_of(text: str) -> str:
    first = "\n".join(text[: _LINES_LOOKED_AT * 1000].splitlines()[:_LINES_LOOKED_AT])
    return max(_SEPARATORS, key=first.count)


def _decode(name: str, data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise SheetFileError.at(name, None, Said("is in UTF-32; save it as CSV in UTF-8"))
    if encoding := _wide_encoding_of(data):
        return _decode_wide(name, data, encoding)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        if _is_damaged_utf8(data):
            raise _not_text(name, data, fault.start, Said("UTF-8, as the rest of the file is")) from None
    try:
        return data.decode("gb18030").removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        raise _not_text(name, data, fault.start, Said("text in UTF-8 or GB18030")) from None


def _wide_encoding_of(data: bytes) -> str | None:
    """Tell which UTF-16 a file is in, by its mark or else by where cells and lines end; None where it is in none.

    Such an end is two bytes, one of them NUL. In the other byte order the two are no letter of Chinese or English, and
    in a narrow text with a NUL astray most ends have none beside them.
    """
    if data.startswith(_UTF16_MARKS):
        return "utf-16"
    start = data[:_BYTES_LOOKED_AT]
    if b"\0" not in start:
        return None
    found = {encoding: _count_ends(start.decode(encoding, "ignore")) for encoding in ("utf-16-le", "utf-16-be")}
    likely = max(found, key=found.__getitem__)
    return likely if 2 * found[likely] > _count_ends(start.decode("latin-1")) else None


def _count_ends(text: str) -> int:
    return sum(map(text.count, _ENDS_OF_CELLS))


def _decode_wide(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise SheetFileError.at(name, None, Said("is cut off: its UTF-16 ends within a character")) from None


def _is_damaged_utf8(data: bytes) -> bool:
    # GB18030 hardly ever looks like UTF-8, but most bytes of UTF-8 can be read as GB18030, wrongly: a file that was
    # cut in the middle of a character must not come in as gibberish.
    text = data.decode("utf-8", errors="replace")
    wrong = text.count("\ufffd")
    sound = sum(not character.isascii() for character in text) - wrong
    return data.startswith(codecs.BOM_UTF8) or sound > 10 * wrong


def _not_text(name: str, data: bytes, place: int, wanted: Said) -> SheetFileError:
    line = len(data[: place + 1].splitlines())
    return SheetFileError.at(name, line, Said("byte 0x{byte:02x} is not {wanted}", byte=data[place], wanted=wanted))
