"""Where a workbook comes from: a file on the disk, or bytes that somebody sent."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from config.said import Said
from config.sheets.faults import SheetFileError

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; 140,000 rows of a registry have ten million."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or what somebody sent, under the name that its faults are told by."""

    name: str
    path: Path | None = None
    data: bytes = b""

    @classmethod
    def of_file(cls, path: Path) -> "Source":
        """Take a file; SheetFileError when it cannot be opened or is too large."""
        try:
            with path.open("rb") as file:
                size = file.seek(0, io.SEEK_END)
        except OSError as fault:
            message = Said("cannot be read: {reason}", reason=fault.strerror or fault)
            raise SheetFileError.at(str(path), None, message) from None
        if size > LARGEST_FILE:
            message = Said("is larger than {most} MiB", most=LARGEST_FILE >> 20)
            raise SheetFileError.at(str(path), None, message)
        return cls(str(path), path)

    def open(self) -> IO[bytes]:
        """Open it for reading, as often as it is asked for."""
        return io.BytesIO(self.data) if self.path is None else self.path.open("rb")

    def read(self) -> bytes:
        """Return all of it."""
        with self.open() as file:
            return file.read(LARGEST_FILE + 1)

    def start(self, count: int) -> bytes:
        """Return its first bytes."""
        with self.open() as file:
            return file.read(count)
