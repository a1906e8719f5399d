"""Answers, returns and corrections at the same moment: nothing is counted twice, nothing is lost."""

from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine

from actions.assignments.frozen import Frozen
from actions.correct_return import Correction, correct_return
from actions.house import House
from actions.pass_on import pass_on
from actions.reading.returns import read_return
from config.errors import Refusal
from models.returned import UnitReturn
from tests.records import every
from tests.returns.houses import CODE, PASSED, a_house_with_returns, answer_quarter, task_of
from tests.statements import Statement, before_each

BRANCHES = 8


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return a_house_with_returns(engine, tmp_path / "home", units=1, branches=BRANCHES)


def at_once(*deeds: Callable[[], object]) -> list[Refusal]:
    """Do things at the same moment; return what was refused. Anything else that goes wrong fails the test."""
    barrier, refused, broken = Barrier(len(deeds)), [], []

    def run(deed: Callable[[], object]) -> None:
        barrier.wait()
        try:
            deed()
        except Refusal as refusal:
            refused.append(refusal)
        except BaseException as error:  # noqa: BLE001 - told by the test's own thread
            broken.append(error)

    threads = [Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    return refused


def answering(house: House, number: int) -> Callable[[], object]:
    return lambda: answer_quarter(house, f"U1-{number}", trained=10**number)


def passing(house: House, unit: str = "U1") -> Callable[[], object]:
    return lambda: pass_on(house, CODE, "q1", unit, actor="G", now=PASSED, incomplete=True, reason="race")


def test_an_answer_is_in_the_return_or_refused(house: House) -> None:
    answering(house, 1)()
    refused = at_once(passing(house), *(answering(house, number) for number in range(2, BRANCHES + 1)))
    assert all(isinstance(refusal, Frozen) for refusal in refused)
    answered = [number for number in range(1, BRANCHES + 1) if task_of(house, f"U1-{number}", "q1", "training").done_at]
    assert len(answered) == BRANCHES - len(refused)
    (row,) = every(house, UnitReturn)
    assert row.missing == 2 * len(refused)
    assert read_return(house, CODE, "q1", "U1").figures["trained"] == sum(10**number for number in answered)


def test_a_return_passed_on_several_times_at_once_is_one_version(house: House) -> None:
    answering(house, 1)()
    assert at_once(*[passing(house)] * 4) == []
    assert [row.version for row in every(house, UnitReturn)] == [1]


def test_a_return_above_is_never_made_of_one_that_was_corrected_beside_it(house: House) -> None:
    answering(house, 1)()
    passing(house)()
    correction = Correction("U1-1", "q1", "training", {"trained": 7})
    late = Thread(target=lambda: correct_return(house, CODE, correction, reason="wrong", actor="G", now=PASSED))

    def correct_before_it_is_written(statement: Statement) -> None:
        if statement.text.startswith("INSERT INTO unit_return") and late.ident is None:
            late.start()
            late.join(timeout=1)  # it waits for the return that is under way

    with before_each(house.engine, correct_before_it_is_written):
        passing(house, "R")()
    late.join()
    (version,) = read_return(house, CODE, "q1", "R").versions
    assert version.figures["trained"] == 10
    assert version.outdated_reason == "wrong"
