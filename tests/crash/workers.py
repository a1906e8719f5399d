"""Three workers that deliver, one of which is killed now and then."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from random import Random
from time import sleep

from sqlalchemy import func, select
from sqlmodel import col

from actions.house import House
from config.seal import Seal
from config.settings import Settings
from config.vocabulary import DeliveryStatus
from flows.delivery import delivery
from models.database import connect, snapshot
from models.notice import Delivery
from tests.crash.clock import FastClock
from tests.factories import KEY
from tests.notifications.worker import CONTEXT

WORKERS = 3


@dataclass(slots=True)
class Workers:
    """The workers there are; in the place of one that is killed comes another."""

    house: House
    url: str
    clock: FastClock
    kills: int = 0
    in_flight: int = 0
    _processes: list[ForkServerProcess] = field(default_factory=list)

    def start(self) -> None:
        process = CONTEXT.Process(target=_deliver, args=(self.url, self.house.settings, KEY, self.clock), daemon=True)
        process.start()
        self._processes.append(process)

    def kill_one(self, chance: Random) -> None:
        """Kill any of them; what it had committed as being sent is counted while it is stopped."""
        process = self._processes.pop(chance.randrange(len(self._processes)))
        assert process.pid is not None
        assert process.is_alive(), "a worker ended by itself"
        os.kill(process.pid, signal.SIGSTOP)
        self.in_flight += self._sending(process.pid)
        process.kill()
        process.join()
        self.kills += 1
        self.start()

    def end(self) -> None:
        for process in self._processes:
            process.terminate()
            process.join()

    def _sending(self, pid: int) -> int:
        with snapshot(self.house.engine) as session:
            query = select(func.count()).where(
                col(Delivery.status) == DeliveryStatus.SENDING, col(Delivery.lease_token).startswith(f"{pid:08x}")
            )
            return session.scalar(query) or 0


@contextmanager
def at_work(house: House, url: str, clock: FastClock) -> Iterator[Workers]:
    """Have three workers deliver for the length of the block."""
    workers = Workers(house, url, clock)
    for _ in range(WORKERS):
        workers.start()
    try:
        yield workers
    finally:
        workers.end()


def _deliver(url: str, settings: Settings, key: str, clock: FastClock) -> None:
    house = House(settings, connect(url), Seal(key))
    while True:
        delivery(house, clock)
        sleep(0.02)
