"""`log://`: every message one line of JSON in a file of the home, for `tail -f` and for machines."""

import fcntl
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from config.errors import Refusal
from config.vocabulary import Outcome
from notifications.channels.message import Message, Verdict
from notifications.channels.parts import take_host_only
from notifications.channels.site import Site

STRIDE = 4_096
"""How many bytes at once are looked through for the end of a line."""


@dataclass(frozen=True, slots=True)
class JournalSender:
    """Append each message to `<home>/messages.log`; a repeat adds a line with the same key."""

    home: Path
    service: str = "log"
    account: None = None

    def send(self, message: Message) -> Verdict:
        """Append the line as a whole, so that lines of several senders never mix, and none that dies leaves half."""
        file = self.home / "messages.log"
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            _append(file, f"{line_of(message)}\n".encode())
        except OSError as error:
            return Verdict(Outcome.TEMPORARY, f"cannot write {file}: {error.strerror}")
        return Verdict(Outcome.ACCEPTED, "written")


def open_journal(site: Site, parts: Mapping[str, Any]) -> JournalSender:
    """Open the log of a home; Refusal when the address says more than its service."""
    take_host_only("log", parts)
    if parts["host"]:
        raise Refusal("channel log://…: the address is log:// and no more")
    return JournalSender(site.home)


def line_of(message: Message) -> str:
    """Compose the line: a JSON object with the text in it as people read it."""
    words = asdict(message) | {"dated": message.dated.isoformat()}
    del words["html"], words["sent_at"]  # the text says it all, and a repeat is the same line
    return json.dumps(words, ensure_ascii=False)


def _append(file: Path, content: bytes) -> None:
    descriptor = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        _take_off_half_a_line(descriptor)
        _write(descriptor, content)
        fcntl.flock(descriptor, fcntl.LOCK_UN)  # others need not wait for the disk
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _take_off_half_a_line(descriptor: int) -> None:
    """Cut the file behind its last whole line: the next one would else stand on the same as what a crash left."""
    size = start = os.fstat(descriptor).st_size
    found = -1
    while start and found < 0:
        end, start = start, max(0, start - STRIDE)
        found = os.pread(descriptor, end - start, start).rfind(b"\n")
    whole = start + found + 1
    if whole < size:
        os.ftruncate(descriptor, whole)


def _write(descriptor: int, content: bytes) -> None:
    """Write all of it, or, where the disk is full, nothing; raises OSError then."""
    before = os.fstat(descriptor).st_size
    left = memoryview(content)
    try:
        while left:
            left = left[os.write(descriptor, left) :]
    except OSError:
        os.ftruncate(descriptor, before)
        raise
