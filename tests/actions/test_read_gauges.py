"""Figures for whoever watches: they are right, and cost what is under way."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.assignments.named import Named
from actions.complete import complete
from actions.plan_reminders import plan_reminders
from actions.reading.gauges import read_gauges
from actions.waive import waive
from config.vocabulary import AssignmentStatus, DeliveryStatus, NoticeStatus
from flows.delivery import delivery
from tests.actions.test_query_plans import plans
from tests.factories import a_house_at_work, answer, at
from tests.records import CAMPAIGN as CODE

NOW = at("2009-09-15 10:00")
"""The pilot's survey, of two branches here, was due the day before."""


def test_they_say_how_an_installation_stands(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    complete(house, CODE, [answer("U1-1", "survey", "2009-09-14 10:00"), answer("U2-1", "training")])
    waive(house, CODE, Named("U2-2", "survey"), reason="merged", actor="李", now=NOW)

    before = read_gauges(house, now=NOW)
    assert before.assignments == {
        (CODE, AssignmentStatus.OPEN): 5,
        (CODE, AssignmentStatus.DONE): 2,
        (CODE, AssignmentStatus.WAIVED): 1,
    }
    assert before.overdue == {CODE: 1}
    assert not any(before.notices.values())
    assert (before.oldest_wait, [*before.latencies]) == (timedelta(), [])

    plan_reminders(house, CODE, "mobilization", now=NOW)
    planned = read_gauges(house, now=NOW + timedelta(minutes=7))
    waiting = planned.notices[NoticeStatus.PLANNED]
    assert waiting > 0
    assert planned.oldest_wait == NOW + timedelta(minutes=7) - at("2009-09-15 08:30")

    delivery(house, lambda: NOW + timedelta(minutes=9))
    sent = read_gauges(house, now=NOW + timedelta(minutes=10))
    assert (sent.notices[NoticeStatus.PLANNED], sent.notices[NoticeStatus.SENT]) == (0, waiting)
    assert [*sent.latencies] == [timedelta(minutes=9)] * waiting
    assert sent.deliveries[DeliveryStatus.PLANNED] == 0

    later = read_gauges(house, now=NOW + timedelta(days=2))
    assert (later.notices[NoticeStatus.SENT], [*later.latencies]) == (0, [])


@pytest.mark.parametrize("table", ["notice", "delivery"])
def test_they_read_no_table_from_end_to_end(engine: Engine, tmp_path: Path, table: str) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    if engine.dialect.name == "postgresql":
        pytest.skip("a planner that knows how small the tables are reads them whole")
    found = plans(house, lambda: read_gauges(house, now=NOW), f"FROM {table}")
    assert found
    for plan in found.values():
        assert f"SCAN {table}" not in plan


def test_no_assignment_is_looked_at(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    assert plans(house, lambda: read_gauges(house, now=NOW), "FROM assignment") == {}
