"""Several workers at once, in processes of their own."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from actions.house import House
from config.vocabulary import NoticeStatus, Outcome
from models.database import snapshot
from models.notice import Attempt, Delivery, Notice
from models.officer import Channel
from tests.notifications.factories import MORNING, an_open_house, mails, own_notices, set_channel
from tests.notifications.worker import start_delivery
from tests.peers.form import Form, a_form

SERVICES = ("folder", "log", "form")
PEOPLE = 90
KILLS = 12
LONGEST = 0.2
"""Seconds after which a delivery is killed at the latest; undisturbed, this one takes several times as long."""


@dataclass(frozen=True)
class World:
    """A house in which a third of the people is reached by each of three services."""

    url: str
    house: House
    form: Form

    def arrived(self) -> dict[str, Counter[str]]:
        """Count at each peer what arrived for whom."""
        log = self.house.home / "messages.log"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        return {
            "folder": Counter(mail.parent.name for mail in mails(self.house.home)),
            "log": Counter(json.loads(line)["key"] for line in lines),
            "form": Counter(post["message"].partition("，")[0] for post in self.form.received),
        }

    def statuses(self) -> dict[str, Counter[NoticeStatus]]:
        """Count the notices of each service by what our tables say of them."""
        query = (
            select(col(Channel.service), col(Notice.status))
            .join(Delivery, col(Delivery.channel_id) == Channel.id)
            .join(Notice, col(Notice.id) == Delivery.notice_id)
        )
        found: dict[str, Counter[NoticeStatus]] = {service: Counter() for service in SERVICES}
        with snapshot(self.house.engine) as session:
            for service, status in session.execute(query).tuples():
                found[service][status] += 1
        return found

    def in_flight(self, service: str) -> int:
        """Count the tries that a kill cut off."""
        query = (
            select(col(Attempt.id))
            .join(Delivery, col(Delivery.id) == Attempt.delivery_id)
            .join(Channel, col(Channel.id) == Delivery.channel_id)
            .where(col(Channel.service) == service, col(Attempt.outcome) == Outcome.AMBIGUOUS)
        )
        with snapshot(self.house.engine) as session:
            return len(session.execute(query).all())


@pytest.fixture
def world(database: str, engine: Engine, tmp_path: Path) -> Iterator[World]:
    house = an_open_house(engine, tmp_path / "home", branches=PEOPLE)
    with a_form() as form:
        for number in range(1, PEOPLE + 1, 3):
            set_channel(house, f"OU1-{number}", "log://")
            set_channel(house, f"OU1-{number + 1}", form.url)
        own_notices(house, PEOPLE)
        yield World(database, house, form)


def test_several_at_once_send_each_message_once(world: World) -> None:
    processes = [start_delivery(world.url, world.house.home, MORNING) for _ in range(3)]
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    third = PEOPLE // 3
    assert all(statuses == {NoticeStatus.SENT: third} for statuses in world.statuses().values())
    for counts in world.arrived().values():
        assert counts.total() == len(counts) == third
    assert sum(world.in_flight(service) for service in SERVICES) == 0
