"""Names of sheets and of files: what a spreadsheet or a disk takes, each once in a workbook or a folder."""

import re
import unicodedata
from collections.abc import Callable

_LONGEST = 31
_NOT_TAKEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_KEPT_BY_EXCEL = "history"
_LONGEST_FILE = 180
"""Bytes: with what is put around a name for a while, it stays under the 255 that disks take."""
_NOT_IN_FILES = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*]")
_KEPT_BY_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


class Names:
    """The names that a workbook has by now."""

    def __init__(self) -> None:
        self._taken = {_KEPT_BY_EXCEL}

    def take(self, wanted: str) -> str:
        """Return the name as near to what is wanted as a spreadsheet takes it, with a number where it is taken."""
        plain = _NOT_TAKEN.sub(" ", wanted).strip(" '")[:_LONGEST].rstrip(" '") or "-"
        return _once(self._taken, lambda room: plain[: _LONGEST - room])


class FileNames:
    """The names that a folder has by now, all with one ending; any system takes them, and none leads elsewhere."""

    def __init__(self, ending: str) -> None:
        self._ending = ending
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        """Return the name as near to what is wanted as a disk takes it, with a number where it is taken."""
        plain = _NOT_IN_FILES.sub("_", unicodedata.normalize("NFC", wanted)).strip(" .") or "-"
        if _KEPT_BY_WINDOWS.match(plain):
            plain = f"_{plain}"
        return _once(self._taken, lambda room: _cut(plain, _LONGEST_FILE - room)) + self._ending


def _once(taken: set[str], cut: Callable[[int], str]) -> str:
    """Take a name that is not taken yet; `cut` gives what is wanted with so much room left behind it."""
    name, number = cut(0), 1
    while name.casefold() in taken:
        number += 1
        tail = f" {number}"
        name = f"{cut(len(tail))}{tail}"
    taken.add(name.casefold())
    return name


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore").rstrip(" .")
