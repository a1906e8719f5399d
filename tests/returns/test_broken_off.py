"""Broken off before any of its statements, a return is as it was; done again, it is as if nothing had happened."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.correct_return import Correction, correct_return
from actions.house import House
from actions.pass_on import pass_on
from tests.dumps import dump
from tests.returns.houses import CODE, PASSED, a_house_with_returns, answer_quarter
from tests.statements import Statement, before_each, watched

WRITES = ("INSERT", "UPDATE", "DELETE")


class BrokenOff(Exception):
    """What ends a deed in its middle."""


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """A house in which U1 and the city have passed their quarter on, and U1 has corrected it."""
    house = a_house_with_returns(engine, tmp_path / "home", units=1)
    for branch in ("U1-1", "U1-2"):
        answer_quarter(house, branch)
    for unit in ("U1", "R"):
        passing(house, unit)()
    correcting(house, 7)()
    passing(house, "U1")()
    return house


def passing(house: House, unit: str) -> Callable[[], object]:
    return lambda: pass_on(house, CODE, "q1", unit, actor="G", now=PASSED)


def correcting(house: House, trained: int) -> Callable[[], object]:
    correction = Correction("U1-1", "q1", "training", {"trained": trained})
    return lambda: correct_return(house, CODE, correction, reason="wrong", actor="G", now=PASSED)


def breaking_off(before: int) -> Callable[[Statement], None]:
    """Break off before a writing statement, counted from 1."""
    left = [before]

    def act(statement: Statement) -> None:
        if statement.text.startswith(WRITES):
            left[0] -= 1
            if left[0] == 0:
                raise BrokenOff

    return act


@pytest.mark.parametrize("what", ["the second version of the city", "another correction"])
def test_a_deed_is_done_whole_or_not_at_all(house: House, what: str) -> None:
    deed = correcting(house, 9) if what == "another correction" else passing(house, "R")
    before = dump(house.engine)
    broken_off = 0
    while True:
        with watched(house.engine) as seen, before_each(house.engine, breaking_off(broken_off + 1)):
            try:
                deed()
            except BrokenOff:
                broken_off += 1
            else:
                break
        assert dump(house.engine) == before
    assert broken_off == len([statement for statement in seen if statement.text.startswith(WRITES)]) > 3
    assert dump(house.engine) != before
