"""Peers as they should not be: one that never answers or never ends, one that goes away, one that has had enough."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import formatdate
from threading import Event, Thread

from tests.peers.server import Answer, Request

NOON = 1_253_073_600
"""An hour on the clock of the peer that has had enough: it need not be right."""


@contextmanager
def a_hanging_peer() -> Iterator[int]:
    """Take connections at a port, and say nothing to any of them."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield int(listening.getsockname()[1])


@contextmanager
def a_dripping_peer(first: bytes) -> Iterator[int]:
    """Say something to one who connects at a port, and go on a byte at a time, for three seconds at most."""
    done = Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            with suppress(OSError):
                connection, _ = listening.accept()
                with connection:
                    connection.sendall(first)
                    for _ in range(60):
                        if done.wait(0.05):
                            return
                        connection.sendall(b"x")

        dripping = Thread(target=drip, daemon=True)
        dripping.start()
        yield int(listening.getsockname()[1])
        done.set()
        listening.shutdown(socket.SHUT_RDWR)
        dripping.join()


def goes_away(_: Request) -> Answer:
    """Close the connection after the request was read."""
    return Answer(hang_up=True)


def has_had_enough(seconds: int, *, as_date: bool = False) -> Callable[[Request], Answer]:
    """Ask to be left alone so many seconds: as a number, or as a date beside the date it is."""
    asked = formatdate(NOON + seconds, usegmt=True) if as_date else str(seconds)
    headers = {"Retry-After": asked, "Date": formatdate(NOON, usegmt=True)}
    return lambda _: Answer(429, b"slow down", headers)
