"""A notice whose hour has come gets one delivery, on its reader's first channel."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, update

from actions.house import House
from config.vocabulary import DeliveryStatus, NoticeStatus
from models.database import transaction
from models.dialects import table_of
from models.notice import Delivery, Notice
from notifications.outbox.queue import NO_CHANNEL, enqueue
from notifications.outbox.report import DeliveryReport
from tests.notifications.factories import (
    EVENING,
    MORNING,
    About,
    a_notice,
    read_channel,
    read_deliveries,
    read_notice,
    set_channel,
)

SECOND = timedelta(seconds=1)


def _enqueue(house: House, now: datetime = MORNING) -> DeliveryReport:
    with transaction(house.engine) as session:
        return enqueue(session, now)


def _set(house: House, table: type[Notice | Delivery], **values: object) -> None:
    with transaction(house.engine) as session:
        session.execute(update(table_of(table)).values(**values))


@pytest.mark.parametrize(
    ("now", "deliveries"),
    [(MORNING - SECOND, 0), (MORNING, 1), (EVENING - SECOND, 1), (EVENING, 0)],
    ids=["before", "opens", "last second", "closes"],
)
def test_only_inside_the_send_window(house: House, now: datetime, deliveries: int) -> None:
    notice = a_notice(house, "OU1-1", [About("U1-1")])
    _enqueue(house, now)
    assert len(read_deliveries(house, notice)) == deliveries
    assert read_notice(house, notice).status is NoticeStatus.PLANNED


@pytest.mark.parametrize("status", [status for status in NoticeStatus if status is not NoticeStatus.PLANNED])
def test_only_what_is_planned(house: House, status: NoticeStatus) -> None:
    notice = a_notice(house, "OU1-1", [About("U1-1")])
    _set(house, Notice, status=status)
    _enqueue(house)
    assert read_deliveries(house, notice) == []


def test_again_makes_no_second_delivery(house: House) -> None:
    notice = a_notice(house, "OU1-1", [About("U1-1")])
    _enqueue(house)
    set_channel(house, "OU1-1", "log://")
    _enqueue(house)
    (delivery,) = read_deliveries(house, notice)
    assert (delivery.status, delivery.not_before, delivery.attempts) == (DeliveryStatus.PLANNED, MORNING, 0)


def test_the_first_active_channel_is_taken(house: House) -> None:
    set_channel(house, "OU1-1", "folder://first", "folder://second")
    notice = a_notice(house, "OU1-1", [About("U1-1")])
    _enqueue(house)
    (delivery,) = read_deliveries(house, notice)
    assert read_channel(house, delivery) == "folder://first"


def test_a_reader_whom_no_channel_reaches_makes_it_dead(house: House) -> None:
    set_channel(house, "OU1-1")
    notice = a_notice(house, "OU1-1", [About("U1-1")])
    other = a_notice(house, "OU1-2", [About("U1-2")])
    assert _enqueue(house) == DeliveryReport(dead=1)
    assert (read_notice(house, notice).status, read_notice(house, notice).reason) == (NoticeStatus.DEAD, NO_CHANNEL)
    assert read_notice(house, other).status is NoticeStatus.PLANNED


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_a_notice_planned_meanwhile_waits_for_the_next_time_and_is_not_given_up(house: House) -> None:
    """On SQLite nothing can be planned meanwhile: its writers wait for one another."""
    planned: list[int] = []

    def plan(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "INSERT INTO delivery" in statement and not planned:
            planned.append(a_notice(house, "OU1-1", [About("U1-1")]))

    event.listen(house.engine, "after_cursor_execute", plan)
    assert _enqueue(house) == DeliveryReport()
    event.remove(house.engine, "after_cursor_execute", plan)
    assert read_notice(house, planned[0]).status is NoticeStatus.PLANNED
    _enqueue(house)
    assert len(read_deliveries(house, planned[0])) == 1


def test_a_channel_that_failed_for_good_is_passed_over(house: House) -> None:
    set_channel(house, "OU1-1", "folder://first", "folder://second")
    notice = a_notice(house, "OU1-1", [About("U1-1")])
    _enqueue(house)
    _set(house, Delivery, status=DeliveryStatus.DEAD)
    _enqueue(house)
    assert [read_channel(house, delivery) for delivery in read_deliveries(house, notice)] == [
        "folder://first",
        "folder://second",
    ]


def test_a_notice_cancelled_elsewhere_takes_its_delivery_along_and_revived_brings_it_back(house: House) -> None:
    notice = a_notice(house, "OU1-1", [About("U1-1")])
    _enqueue(house)
    _set(house, Notice, status=NoticeStatus.CANCELLED)
    _enqueue(house)
    assert [delivery.status for delivery in read_deliveries(house, notice)] == [DeliveryStatus.CANCELLED]
    _set(house, Notice, status=NoticeStatus.PLANNED)
    _enqueue(house, MORNING + SECOND)
    (delivery,) = read_deliveries(house, notice)
    assert (delivery.status, delivery.not_before) == (DeliveryStatus.PLANNED, MORNING + SECOND)
