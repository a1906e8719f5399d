"""The statements of the outbox stay cheap however much waits or was sent: by their plans, and by what they take."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from actions.house import House
from models.database import connect, transaction
from notifications.channels.services import Rate
from notifications.outbox.begin import begin_sending
from notifications.outbox.claim import Pace, claim
from notifications.outbox.policy import LEASE
from notifications.outbox.queue import enqueue
from notifications.outbox.recover import recover
from notifications.outbox.stranded import find_stranded
from tests.actions.test_query_plans import effort, plans
from tests.databases import Databases
from tests.notifications.crowd import a_crowd
from tests.notifications.factories import MORNING, an_account, an_open_house

SENT = "UPDATE delivery SET status = 'sent' WHERE id > 20"
SENT_NOTICES = "UPDATE notice SET status = 'sent' WHERE id IN (SELECT notice_id FROM delivery WHERE status = 'sent')"


def a_house_that_sent_much(engine: Engine, home: Path, *, is_analyzed: bool) -> House:
    """A house in which 20 of 3,000 messages are left to be sent, half of them by robots of their own."""
    house = an_open_house(engine, home)
    for number in range(10):
        a_crowd(house, [f"R{number}"], lambda name: f"folder://{name}", an_account(house, rate=Rate(20, 60)))
    a_crowd(house, [f"P{number}" for number in range(2_990)], lambda name: f"folder://{name}")
    with transaction(house.engine) as session:
        enqueue(session, MORNING)
        session.execute(text(SENT))
        session.execute(text(SENT_NOTICES))
    a_crowd(house, ["new"], lambda name: f"folder://{name}")
    with engine.begin() as connection:
        if is_analyzed or engine.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))
    return house


@pytest.mark.parametrize("is_analyzed", [True, False], ids=["analyzed", "as SQLite finds it"])
def test_what_waits_is_found_by_index(engine: Engine, tmp_path: Path, is_analyzed: bool) -> None:
    house = a_house_that_sent_much(engine, tmp_path / "home", is_analyzed=is_analyzed)

    def in_transaction(act: Callable[..., object]) -> Callable[[], object]:
        def run() -> object:
            with transaction(house.engine) as session:
                return act(session)

        return run

    def send(session: object) -> object:
        claimed = claim(session, "a", MORNING, limit=200, pace=Pace.TOGETHER)  # type: ignore[arg-type]
        keys = [parcel.delivery_id for parcel in claimed.parcels]
        assert len(keys) == 21
        return begin_sending(session, "a", MORNING, keys)  # type: ignore[arg-type]

    steps = {
        "enqueue": lambda session: enqueue(session, MORNING),
        "find stranded": lambda session: find_stranded(session, MORNING),
        "claim": send,
        "recover": lambda session: recover(session, MORNING + LEASE + timedelta(seconds=1)),
    }
    for step, act in steps.items():
        found = plans(house, in_transaction(act), "delivery")
        assert found, step
        for statement, plan in found.items():
            assert "SCAN delivery" not in plan, (step, statement, plan)
            assert "Seq Scan on delivery" not in plan, (step, statement, plan)


def test_a_batch_costs_what_it_takes_however_much_waits_behind_it(databases: Databases, tmp_path: Path) -> None:
    """SQLite counts its steps; what PostgreSQL does is told by its plans."""

    def effort_of_a_batch(waiting: int) -> int:
        folder = tmp_path / str(waiting)
        folder.mkdir()
        with databases.fresh("sqlite", folder) as url:
            house = an_open_house(connect(url), folder / "home")
            robot = an_account(house, rate=Rate(20, 60))
            a_crowd(house, [f"P{number}" for number in range(waiting)], lambda _: "folder://robot", robot)
            a_crowd(house, [f"Q{number}" for number in range(waiting)], lambda name: f"folder://{name}")
            with transaction(house.engine) as session:
                enqueue(session, MORNING)

            def batch() -> None:
                with transaction(house.engine) as session:
                    assert len(claim(session, "a", MORNING, limit=50, pace=Pace.TOGETHER).parcels) == 45

            steps = effort(house, batch)
            house.engine.dispose()
            return steps

    assert effort_of_a_batch(2_000) < 1.5 * effort_of_a_batch(200)
