"""One run on one database."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic, sleep

from sqlalchemy import select
from sqlmodel import col

from actions.house import House
from config.settings import Settings
from config.vocabulary import DeliveryStatus, NoticeStatus
from models.database import connect, snapshot
from models.notice import Delivery, Notice
from models.officer import Officer
from tests.crash.clock import FastClock
from tests.crash.peer import Peers, running_peers
from tests.crash.workers import Workers, at_work
from tests.notifications.crowd import a_crowd_in_reach
from tests.notifications.factories import an_open_house, mails
from tests.peers.server import LOOPBACK

LONGEST = 0.25
"""Seconds of work, at the most, before the next kill."""

PATIENCE = 120.0
"""Seconds after the last kill within which everything has to come to an end."""

FINAL = (NoticeStatus.SENT, NoticeStatus.HELD, NoticeStatus.DEAD, NoticeStatus.CANCELLED)
ACCOUNTED_FOR = (NoticeStatus.HELD, NoticeStatus.DEAD)


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is delivered and how often a worker is killed; the seed says which and, as far as that goes, when."""

    deliveries: int
    kills: int
    seed: int


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it, counted at the peers."""

    deliveries: int
    kills: int
    lost: int
    duplicates: int
    in_flight: int
    unsettled: int
    held_twice: int
    """Duplicates where a message in doubt is held: there must be none."""

    @property
    def is_kept(self) -> bool:
        """Whether the promise was kept."""
        return not (self.lost or self.unsettled or self.held_twice) and self.duplicates <= self.in_flight

    def __str__(self) -> str:
        names = ("deliveries", "kills", "lost", "duplicates", "in_flight", "unsettled")
        return " ".join(f"{name}={getattr(self, name)}" for name in names)


SERVICES = ("folder", "log", "json", "mailto", "wecombot")
"""A fifth of the people is reached by each; what a robot of a group may have got is held, the others get it again."""


def run(url: str, home: Path, plan: Plan) -> Result:
    """Deliver, kill, wait for the end, and count."""
    clock = FastClock()
    with running_peers() as peers:
        opened = an_open_house(connect(url), home)
        settings = Settings(home=home, networks=(LOOPBACK,), endpoints={"wecombot": peers.origin})
        house = House(settings, opened.engine, opened.seal)
        try:
            with at_work(house, url, clock) as workers:
                _disturb(house, clock, peers, workers, plan)
                _await_end(house)
                return _count(house, peers, workers)
        finally:
            house.engine.dispose()


def _disturb(house: House, clock: FastClock, peers: Peers, workers: Workers, plan: Plan) -> None:
    """Give the workers a share of the work before each kill, so that every kill meets them in the middle of some."""
    chance = Random(plan.seed)
    for turn in range(plan.kills):
        numbers = range(turn * plan.deliveries // plan.kills, (turn + 1) * plan.deliveries // plan.kills)
        names = [f"person-{number}" for number in numbers]
        a_crowd_in_reach(house, names, lambda name: peers.address(_service_of(name), name), clock())
        sleep(chance.uniform(0, LONGEST))
        workers.kill_one(chance)


def _service_of(name: str) -> str:
    return SERVICES[int(name.rpartition("-")[2]) % len(SERVICES)]


def _await_end(house: House) -> None:
    until = monotonic() + PATIENCE
    while monotonic() < until and _statuses(house).keys() - {*FINAL}:
        sleep(0.2)


def _statuses(house: House) -> Counter[NoticeStatus]:
    with snapshot(house.engine) as session:
        return Counter(session.scalars(select(col(Notice.status))))


def _count(house: House, peers: Peers, workers: Workers) -> Result:
    arrived = _arrived(house, peers)
    statuses = _statuses_by_name(house)
    duplicates = {name: count - 1 for name, count in arrived.items() if count > 1}
    return Result(
        deliveries=len(statuses),
        kills=workers.kills,
        lost=sum(not arrived[name] and status not in ACCOUNTED_FOR for name, status in statuses.items()),
        duplicates=sum(duplicates.values()),
        in_flight=workers.in_flight,
        unsettled=sum(status not in FINAL for status in statuses.values()) + _under_way(house),
        held_twice=sum(count for name, count in duplicates.items() if _service_of(name) == "wecombot"),
    )


def _arrived(house: House, peers: Peers) -> Counter[str]:
    """Count where it arrived what arrived for whom; a folder keeps one file of a message, however often it came."""
    log = house.home / "messages.log"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    in_folders = Counter(mail.parent.name for mail in mails(house.home))
    return in_folders + Counter(json.loads(line)["to"] for line in lines) + peers.arrived()


def _statuses_by_name(house: House) -> dict[str, NoticeStatus]:
    with snapshot(house.engine) as session:
        query = select(col(Officer.code), col(Notice.status)).join(Notice, col(Notice.officer_id) == Officer.id)
        return dict(session.execute(query).tuples().all())


def _under_way(house: House) -> int:
    """Count the deliveries of notices that came to an end which did not."""
    over = (DeliveryStatus.SENT, DeliveryStatus.HELD, DeliveryStatus.DEAD, DeliveryStatus.CANCELLED)
    query = (
        select(col(Delivery.id))
        .join(Notice, col(Notice.id) == Delivery.notice_id)
        .where(col(Notice.status).in_(FINAL), col(Delivery.status).not_in(over))
    )
    with snapshot(house.engine) as session:
        return len(session.scalars(query).all())
