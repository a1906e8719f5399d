"""The peers: in a process that nobody kills, they count what arrives for whom."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from random import Random
from threading import Lock
from time import sleep
from urllib.request import urlopen

from tests.notifications.worker import CONTEXT
from tests.peers.server import Answer, Request, serving

COUNTS = "/counts"
SLOWEST = 0.02
"""Seconds that a provider takes to answer at most: so that a kill finds sends in flight."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Where a peer is reached: the origin."""

    origin: str

    @property
    def place(self) -> str:
        """Host and port."""
        return self.origin.partition("://")[2]

    def arrived(self) -> Counter[str]:
        """Ask what arrived, by the last part of the path that it was sent to."""
        with urlopen(self.origin + COUNTS) as answer:
            return Counter(json.load(answer))


@contextmanager
def a_webhook_peer() -> Iterator[Peer]:
    """Run a webhook that takes everything."""
    here, there = CONTEXT.Pipe()
    process = CONTEXT.Process(target=_serve, args=(there,))
    process.start()
    try:
        yield Peer(here.recv())
    finally:
        here.send("end")
        process.join()


def _serve(parent: Connection) -> None:
    arrived: Counter[str] = Counter()
    lock = Lock()
    chance = Random(1)

    def respond(request: Request) -> Answer:
        if request.path == COUNTS:
            return Answer.of(arrived)
        sleep(chance.uniform(0, SLOWEST / 2))
        with lock:
            arrived[request.path.rpartition("/")[2]] += 1
        sleep(chance.uniform(0, SLOWEST / 2))
        return Answer.of({})

    with serving(respond) as origin:
        parent.send(origin)
        parent.recv()
