"""What asks serve to stop."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType


class StopRequest:
    """Set by the first signal; a second one says that it is urgent."""

    def __init__(self) -> None:
        self.asked = Event()
        self.urgent = Event()

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Handle a signal."""
        del number, frame
        (self.urgent if self.asked.is_set() else self.asked).set()


@contextmanager
def stop_signals() -> Iterator[StopRequest]:
    """Take Ctrl-C, SIGTERM and the end of the terminal as a request to stop.

    A child gets default signals by this, whatever serve was started with: what has a handler is reset where a program
    is executed, what is ignored would be inherited, and a runner that ignores SIGINT ignores SIGTERM too. Only `nohup`
    is respected.
    """
    request = StopRequest()
    taken = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        taken.append(signal.SIGHUP)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, taken)
    before = {number: signal.signal(number, request) for number in taken}
    try:
        yield request
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
