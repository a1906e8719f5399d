"""What became of messages, written beside the database at once: who is killed takes no answer along."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from config.vocabulary import Outcome
from notifications.channels.message import Verdict

FOLDER = "logbooks"


class Logbook:
    """One worker's own, under its token in the home, and locked for as long as the worker lives.

    A flight is settled as a whole, in one transaction. Without a logbook all of it would be in doubt when its worker
    is killed before that, also what was answered; with it, only what waits for its answer. Where none can be written
    all of it is in doubt.
    """

    def __init__(self, home: Path, token: str) -> None:
        self._file = home / FOLDER / token
        self._descriptor: int | None = None
        self._opening = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None) -> None:
        """Take it away where all of it is settled; what an error left behind is for `left_behind`."""
        if self._descriptor is None:
            return
        if kind is None:
            self._file.unlink(missing_ok=True)
        os.close(self._descriptor)

    def note(self, delivery_id: int, verdict: Verdict) -> None:
        """Write a verdict down; from then on it survives the end of the process, though no power cut."""
        with suppress(OSError):
            os.write(self._opened(), _line_of(delivery_id, verdict))

    def _opened(self) -> int:
        if self._descriptor is None:
            with self._opening:
                if self._descriptor is None:
                    self._descriptor = _open_locked(self._file)
        return self._descriptor


def left_behind(home: Path) -> Iterator[tuple[str, Mapping[int, Verdict]]]:
    """Yield the tokens of workers that are gone and what they had noted; taken away when the next one is asked for."""
    folder = home / FOLDER
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            descriptor = os.open(file, os.O_RDONLY)
        except OSError:
            continue  # somebody else was faster
        try:
            if _is_free(descriptor):
                yield file.name, _read(file)
                file.unlink(missing_ok=True)
        finally:
            os.close(descriptor)


def _open_locked(file: Path) -> int:
    """Open a new logbook; another worker may have taken it for one that was left behind before it was locked."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    while True:
        descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return descriptor
        os.close(descriptor)


def _is_free(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _line_of(delivery_id: int, verdict: Verdict) -> bytes:
    wait = verdict.retry_after and verdict.retry_after.total_seconds()
    facts = (verdict.outcome, verdict.detail, verdict.receipt, wait, verdict.is_channel_dead, verdict.is_account_down)
    return json.dumps((delivery_id, *facts)).encode() + b"\n"


def _read(file: Path) -> Mapping[int, Verdict]:
    """Read what is whole: of the last line, or of one that a full disk cut off, there may be half."""
    verdicts: dict[int, Verdict] = {}
    for line in file.read_bytes().splitlines():
        with suppress(ValueError):
            delivery_id, verdict = _read_line(line)
            verdicts[delivery_id] = verdict
    return verdicts


def _read_line(line: bytes) -> tuple[int, Verdict]:
    delivery_id, outcome, detail, receipt, wait, *flags = json.loads(line)
    return delivery_id, Verdict(Outcome(outcome), detail, receipt, wait and timedelta(seconds=wait), *flags)
