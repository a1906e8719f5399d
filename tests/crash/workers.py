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

from actions.deliver import AT_ONCE
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
        """Kill any of them; what it may have been waiting for the answer of is counted while it is stopped."""
        process = self._processes.pop(chance.randrange(len(self._processes)))
        assert process.pid is not None
        assert process.is_alive(), "a worker ended by itself"
        os.kill(process.pid, signal.SIGSTOP)
        self.in_flight += self._waiting(process.pid)
        process.kill()
        process.join()
        self.kills += 1
        self.start()

    def end(self) -> None:
        for process in self._processes:
            process.terminate()
            process.join()

    def _waiting(self, pid: int) -> int:
        """Count what is being sent and was not answered yet: of a flight that has begun, no more than go at once."""
        with snapshot(self.house.engine) as session:
            query = select(col(Delivery.lease_token), func.count()).where(
                col(Delivery.status) == DeliveryStatus.SENDING, col(Delivery.lease_token).startswith(f"{pid:08x}")
            )
            found = session.execute(query.group_by(col(Delivery.lease_token))).tuples().all()
        return sum(min(AT_ONCE, count) for _, count in found)


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
