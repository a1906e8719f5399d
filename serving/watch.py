"""Watching the children until something is ready, a stop is asked for, or one of them dies."""

import time
from collections.abc import Callable
from threading import Event
from typing import Protocol

from serving.start import Child, Family

LOOK_SECONDS = 0.5


class StopAsked(Exception):
    """People, or the system, want serve to end."""


class ChildDied(Exception):
    """A child ended that should not have."""

    def __init__(self, child: Child) -> None:
        super().__init__(child.name)
        self.child = child


class TooSlow(Exception):
    """What was waited for did not come in its time."""


class Wait(Protocol):
    """Watch until something is ready; what `watch` does for one family."""

    def __call__(self, is_ready: Callable[[], bool], limit_seconds: float | None = None) -> None:
        """Return when it is ready; raise what `watch` does."""


def watch(family: Family, stop_asked: Event, is_ready: Callable[[], bool], limit_seconds: float | None = None) -> None:
    """Look at the children of a family, and whether it is ready, twice a second; return when it is.

    Raises StopAsked, ChildDied, and TooSlow after the limit.
    """
    deadline = None if limit_seconds is None else time.monotonic() + limit_seconds
    while not is_ready():
        if stop_asked.wait(LOOK_SECONDS):
            raise StopAsked
        for child in family.everyone():
            if child.has_ended():
                raise ChildDied(child)
        if deadline is not None and time.monotonic() > deadline:
            raise TooSlow
