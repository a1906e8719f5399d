"""Those who write at the same time wait for one another in one order, and never in a circle."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine

from actions.assignments.named import Named
from actions.carry_up import carry_up
from actions.complete import complete_each
from actions.extend import Request, extend
from actions.house import House
from actions.open_window import open_window
from actions.plan_reminders import plan_reminders
from actions.reading.assignments import read_assignment
from actions.reopen import reopen
from config.errors import Refusal, Stale
from models.database import joint_transaction
from tests.factories import a_house_at_work, answer, at, imported, registry_row
from tests.records import CAMPAIGN, counters_of, recounted, window_id, work_of

NOW = at("2009-10-12 10:00")
ROUNDS = 20
BRANCHES = ("U1-1", "U1-2", "U1-3")
TASKS = ("survey", "training", "lecture")
Write = Callable[[House, int], object]


def complete_all(house: House, turn: int) -> object:
    answers = [answer(branch, task, "2009-10-12 10:00") for branch in BRANCHES for task in TASKS]
    return complete_each(house, CAMPAIGN, answers)


def reopen_one(house: House, turn: int) -> object:
    name = Named(BRANCHES[turn % 3], TASKS[turn // 3 % 3])
    return reopen(house, CAMPAIGN, name, reason="counted twice", actor="李", now=NOW)


def extend_a_unit(house: House, turn: int) -> object:
    until = date(2009, 11, 12) + timedelta(days=turn % 20)
    return extend(house, CAMPAIGN, Request(until, "flood", unit="R"), actor="李", now=NOW)


def extend_a_branch(house: House, turn: int) -> object:
    until = date(2009, 12, 12) + timedelta(days=turn % 20)
    return extend(house, CAMPAIGN, Request(until, "flood", branch=BRANCHES[turn % 3]), actor="李", now=NOW)


def reopen_over_the_api(house: House, turn: int) -> object:
    branch, task = BRANCHES[turn % 3], TASKS[turn // 3 % 3]
    with joint_transaction(house.engine):
        read_assignment(house, work_of(house, branch, task).id, now=NOW, to_write=True, to_count_anew=True)
        return reopen(house, CAMPAIGN, Named(branch, task), reason="counted twice", actor="李", now=NOW)


def extend_over_the_api(house: House, turn: int) -> object:
    branch, task, until = BRANCHES[turn % 3], TASKS[turn // 3 % 3], date(2009, 12, 12) + timedelta(days=turn % 20)
    with joint_transaction(house.engine):
        read_assignment(house, work_of(house, branch, task).id, now=NOW, to_write=True, to_count_anew=True)
        return extend(house, CAMPAIGN, Request(until, "flood", branch=branch, task=task), actor="李", now=NOW)


def move_a_branch(house: House, turn: int) -> object:
    return imported(house, registry_row(1 + turn % 2, 9, code="U1-1", officer="OU1-1"), now=NOW)


def close_a_branch(house: House, turn: int) -> object:
    status = "active" if turn % 2 else "dissolved"
    return imported(house, registry_row(1, 2, status=status), now=NOW)


def move_a_unit(house: House, turn: int) -> object:
    above = "D" if turn % 2 else "R"
    row = registry_row(1, 3).replace(",R,county,", f",{above},county,")
    return imported(house, "D,新区,R,district,,,,,,,,", row, now=NOW)


def remind(house: House, turn: int) -> object:
    later = NOW + timedelta(days=turn)
    return [plan_reminders(house, CAMPAIGN, stage, now=later) for stage in ("mobilization", "study")]


def carry(house: House, turn: int) -> object:
    return carry_up(house)


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    house = a_house_at_work(engine, tmp_path / "home")
    open_window(house, window_id(house, "study/pilot"), now=at("2009-09-27 00:00"))
    return house


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
@pytest.mark.parametrize(
    "writers",
    [
        pytest.param((reopen_one, extend_a_unit, complete_all), id="reopening and extending"),
        pytest.param((reopen_one, extend_a_branch, extend_a_unit, complete_all), id="two who extend"),
        pytest.param((move_a_branch, reopen_one, extend_a_unit, complete_all), id="a branch that moves"),
        pytest.param((close_a_branch, reopen_one, extend_a_unit, complete_all), id="a branch that closes"),
        pytest.param((move_a_unit, reopen_one, complete_all, carry), id="a unit that moves"),
        pytest.param((reopen_over_the_api, extend_over_the_api, extend_a_unit, complete_all), id="the API"),
        pytest.param((remind, reopen_one, extend_a_unit, complete_all), id="the sweep"),
    ],
)
def test_who_write_at_once_never_wait_in_a_circle(house: House, writers: tuple[Write, ...]) -> None:
    together = Barrier(len(writers))
    failures: list[str] = []
    went_well: set[Write] = set()

    def write_again_and_again(write: Write) -> None:
        together.wait()
        for turn in range(ROUNDS):
            try:
                write(house, turn)
                went_well.add(write)
            except Refusal as refusal:
                if isinstance(refusal, Stale):
                    failures.append(f"{write.__name__}: {refusal}")
            except Exception as failure:  # noqa: BLE001 - told by the test
                failures.append(f"{write.__name__}: {failure!r}"[:300])

    threads = [Thread(target=write_again_and_again, args=[write]) for write in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert went_well == set(writers)
    assert counters_of(house) == recounted(house)
