"""Names of sheets: what a spreadsheet takes, each once in a workbook."""

import re

_LONGEST = 31
_NOT_TAKEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_KEPT_BY_EXCEL = "history"


class Names:
    """The names that a workbook has by now."""

    def __init__(self) -> None:
        self._taken = {_KEPT_BY_EXCEL}

    def take(self, wanted: str) -> str:
        """Return the name as near to what is wanted as a spreadsheet takes it, with a number where it is taken."""
        plain = _NOT_TAKEN.sub(" ", wanted).strip(" '")[:_LONGEST].rstrip(" '") or "-"
        name, number = plain, 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{plain[: _LONGEST - len(str(number)) - 1]} {number}"
        self._taken.add(name.casefold())
        return name
