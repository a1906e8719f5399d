"""Several workers, in processes of their own, together never exceed a rate: counted where the messages arrive."""

from collections import Counter
from pathlib import Path
from threading import Lock
from time import monotonic

from sqlalchemy import Engine

from notifications.channels.services import Rate
from tests.crash.clock import FastClock
from tests.notifications.crowd import a_crowd
from tests.notifications.factories import an_account, an_open_house
from tests.notifications.worker import start_waiting_delivery
from tests.peers.server import Answer, Request, serving

MESSAGES = 15
RATE = Rate(3, 1)


def test_three_workers_keep_the_rate_of_a_robot_they_share(database: str, engine: Engine, tmp_path: Path) -> None:
    house = an_open_house(engine, tmp_path / "home")
    robot = an_account(house, rate=RATE)
    arrived: list[tuple[float, str]] = []
    lock = Lock()

    def respond(request: Request) -> Answer:
        with lock:
            arrived.append((monotonic(), request.path))
        return Answer.of({})

    with serving(respond) as origin:
        place = origin.partition("://")[2]
        a_crowd(house, [f"P{number}" for number in range(MESSAGES)], lambda name: f"json://{place}/{name}", robot)
        clock = FastClock(speed=1)  # one for all: it begins when it is made, and a process takes its time to start
        workers = [start_waiting_delivery(database, house.home, clock) for _ in range(3)]
        for worker in workers:
            worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert set(Counter(path for _, path in arrived).values()) == {1}
    assert len(arrived) == MESSAGES
    times = [when for when, _ in arrived]
    spans = [later - earlier for earlier, later in zip(times, times[RATE.count :], strict=False)]
    assert min(spans) >= RATE.seconds
    assert times[-1] - times[0] < 4 * MESSAGES / RATE.count * RATE.seconds, "they waited no longer than they had to"
