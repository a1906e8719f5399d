"""The reader apart: started, bounded, listened to, and never left behind."""

import marshal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from config.said import Said
from config.sheets.faults import SheetFileError
from config.sheets.source import Source

MEMORY = 768 * 1024 * 1024
"""Bytes that the reader may take; 200,000 rows of 20 columns take 330 million from xlsx, 460 from ods."""
SECONDS = 120
"""How long it may work."""

_LENGTH = 8
_SCRIPT = Path(__file__).with_name("apart.py")
_DATES: dict[str, Any] = {"date": date, "datetime": datetime, "time": time}
_FAULTS = {
    "password": Said("is locked with a password; save it without one"),
    "wide": Said("has cells beyond the first 1,024 columns; delete what stands beside the table"),
    "damaged": Said("is damaged, or no workbook; open it, save it as .xlsx and try that"),
}

Message = tuple[Any, ...]


@contextmanager
def reader_of(source: Source) -> Iterator[Iterator[Message]]:
    """Read a workbook in a process of its own; yield its messages, as `apart` writes them, while it reads.

    What it says of a damaged file is raised as SheetFileError, as is its end by a bound. It is gone when the block is
    left.
    """
    command = [sys.executable, "-I", str(_SCRIPT), str(MEMORY), str(SECONDS)]
    if source.path is not None:
        command.append(str(source.path.absolute()))
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **streams) as process:  # type: ignore[call-overload]
        try:
            _hand_over(process.stdin, source)
            yield _messages(process.stdout, source)
        finally:
            process.kill()


def _hand_over(pipe: IO[bytes], source: Source) -> None:
    try:
        pipe.write(source.data)
        pipe.close()
    except OSError:
        pass  # it has ended already: what it wrote says why


def _messages(pipe: IO[bytes], source: Source) -> Iterator[Message]:
    while True:
        try:
            # In one piece: read from the pipe, marshal would ask it for every cell.
            message: Message = marshal.loads(pipe.read(int.from_bytes(pipe.read(_LENGTH), "big")))
        except (EOFError, ValueError, TypeError):
            # Its bounds have ended it, or the library has.
            reason = Said("is too large to be read: cells stand too far apart or are too many")
            raise SheetFileError.at(source.name, None, reason) from None
        if message[0] == "fault":
            raise SheetFileError.at(source.name, None, _FAULTS[message[1]])
        if message[0] == "end":
            return
        yield _with_dates(message) if message[0] == "rows" and message[3] else message


def _with_dates(message: Message) -> Message:
    columns = [[_dated(*cell) if type(cell) is tuple else cell for cell in column] for column in message[2]]
    return (*message[:2], columns, False)


def _dated(kind: str, text: str) -> date | time:
    read: date | time = _DATES[kind].fromisoformat(text)
    return read
