"""What is said of a file that cannot be read as sheets at all."""

from typing import Self

from config.errors import Fault, FaultyFile
from config.said import Said


class SheetFileError(FaultyFile):
    """A file of sheets that cannot be read."""

    @classmethod
    def at(cls, name: str, line: int | None, message: Said, sheet: str = "") -> Self:
        """Say in one line what is wrong with the file, and on which line of which sheet where there is one."""
        return cls([Fault(name, line, sheet, message)])
