"""Ends a process group when the process that started it is gone, however it went.

Run by its path, with nothing of ours or of others imported, as the leader of the group: its standard input is a pipe
whose other end only `rollcall serve` holds, so reading it ends when serve does, on SIGKILL too, on every POSIX system.
"""

import os
import signal
import time

GRACE_SECONDS = 3


def keep_guard() -> None:
    """Wait for the end of standard input, then end the whole group: asked first, killed after the grace."""
    for asked in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(asked, signal.SIG_IGN)
    while os.read(0, 1):
        pass
    os.killpg(0, signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    keep_guard()
