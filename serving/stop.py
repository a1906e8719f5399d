"""Stopping the children: what is under way may finish, then each is asked, then whatever is left is killed."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress

from serving.start import Child, Family

DRAIN_SECONDS = 15
ASK_SECONDS = 15
POLL_SECONDS = 0.2


def drain(is_busy: Callable[[], bool], is_urgent: Callable[[], bool]) -> None:
    """Wait until nothing is under way, it is urgent, or it takes too long.

    Nothing depends on it: a run that is cut off is done again by the next. It saves people from reading "crashed".
    """
    deadline = time.monotonic() + DRAIN_SECONDS
    while is_busy():
        if is_urgent() or time.monotonic() > deadline:
            return
        time.sleep(POLL_SECONDS)


def stop_family(family: Family) -> None:
    """Stop every child, the one started last first, and all that they have started; none is left when it returns."""
    for child in reversed(family.children):
        _ask(child)
    with suppress(ProcessLookupError):
        os.killpg(family.group, signal.SIGKILL)
    for child in (*family.children, family.guard):
        child.process.wait()
    if family.guard.process.stdin is not None:
        family.guard.process.stdin.close()


def _ask(child: Child) -> None:
    if child.has_ended():
        return
    child.process.terminate()
    with suppress(subprocess.TimeoutExpired):
        child.process.wait(ASK_SECONDS)
