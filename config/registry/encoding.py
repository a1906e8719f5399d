"""From bytes to text: UTF-8 first, then GB18030, and a clear word for what is neither."""

import codecs
from pathlib import Path

from config.registry.rows import RegistryFileError
from config.said import Said

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WORKBOOK_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8, with or without a mark of byte order, or in GB18030.

    Raises RegistryFileError, with the line where there is one, for a file that cannot be read, is empty, or is not
    text in either encoding.
    """
    try:
        data = path.read_bytes()
    except OSError as fault:
        message = Said("cannot be read: {reason}", reason=fault.strerror or fault)
        raise RegistryFileError.at(path, None, message) from None
    return decode_text(path, data)


def decode_text(path: Path, data: bytes) -> str:
    """Return the text of what a file holds, under the name that its faults are told by; refused as by `read_text`."""
    if data.startswith(_WORKBOOK_MARKS):
        raise RegistryFileError.at(path, None, Said("is a workbook and not text; save it as CSV in UTF-8"))
    if data.startswith(_WIDE_MARKS) or b"\0" in data[:2]:
        raise RegistryFileError.at(path, None, Said("is in UTF-16; save it as CSV in UTF-8 or GB18030"))
    text = _decode(path, data)
    if not text.strip():
        raise RegistryFileError.at(path, None, Said("is empty"))
    return text


def _decode(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        if _is_damaged_utf8(data):
            raise _not_text(path, data, fault.start, Said("UTF-8, as the rest of the file is")) from None
    try:
        return data.decode("gb18030").removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        raise _not_text(path, data, fault.start, Said("text in UTF-8 or GB18030")) from None


def _is_damaged_utf8(data: bytes) -> bool:
    # GB18030 hardly ever looks like UTF-8, but most bytes of UTF-8 can be read as GB18030, wrongly: a file that was
    # cut in the middle of a character must not come in as gibberish.
    text = data.decode("utf-8", errors="replace")
    wrong = text.count("\ufffd")
    sound = sum(not character.isascii() for character in text) - wrong
    return data.startswith(codecs.BOM_UTF8) or sound > 10 * wrong


def _not_text(path: Path, data: bytes, place: int, wanted: Said) -> RegistryFileError:
    line = len(data[: place + 1].splitlines())
    return RegistryFileError.at(path, line, Said("byte 0x{byte:02x} is not {wanted}", byte=data[place], wanted=wanted))
