"""Read from a peer packet by packet: one that drips its answer a byte at a time keeps nobody past a deadline."""

import socket
from collections.abc import Callable
from io import RawIOBase
from time import monotonic
from typing import Any


def time_left(deadline: float, longest: float) -> float:
    """Return how many seconds may still be waited, `longest` at the most; TimeoutError when there are none.

    `deadline` is an instant of `time.monotonic`.
    """
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return min(left, longest)


class Packets(RawIOBase):
    """What a peer says over a connection, each packet waited for as long as `left` says: a timeout is for one alone."""

    def __init__(self, connected: socket.socket, left: Callable[[], float]) -> None:
        self._connected = connected
        self._left = left
        # Like every file of a socket's, it keeps the connection open until it is closed itself.
        self._file = connected.makefile("rb", buffering=0)

    def readable(self) -> bool:
        """Say so: a reader above asks."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Wait for the next packet."""
        self._connected.settimeout(self._left())
        return self._file.readinto(buffer)

    def close(self) -> None:
        """Let go of the connection."""
        self._file.close()
        super().close()
