"""Answers are held to the rules of their task, wherever they come from."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.assignments.figures import WrongFigures
from actions.assignments.named import Named
from actions.complete import Answer, complete, complete_each
from actions.house import House
from actions.reopen import reopen
from tests.dumps import dump
from tests.factories import at
from tests.returns.houses import ANSWERED, CODE, a_house_with_returns, answer_quarter

GOOD = {"organisations": 6, "committees": 1, "branches": 2, "joint": 3}


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return a_house_with_returns(engine, tmp_path / "home", opened=2)


def organisation(branch: str, stage: str = "q1", **figures: int) -> Answer:
    return Answer(branch, f"{stage}/organisation", ANSWERED[stage], actor="test", figures={**GOOD, **figures})


def test_a_total_that_is_not_its_parts_is_refused_at_the_cell(house: House) -> None:
    before = dump(house.engine)
    with pytest.raises(WrongFigures) as refused:
        complete(house, CODE, [organisation("U1-1", organisations=7)])
    assert list(refused.value.faults) == ["organisations"]
    assert str(refused.value) == (
        "U1-1 q1/organisation: organisations: Organisations 7 must equal"
        " Committees 1 + Branches 2 + Joint branches 3 = 6"
    )
    assert dump(house.engine) == before


def test_what_is_missing_or_out_of_range_is_told_before_the_rules(house: House) -> None:
    with pytest.raises(WrongFigures) as refused:
        complete(house, CODE, [organisation("U1-1", committees=-1)])
    assert list(refused.value.faults) == ["committees"]


def test_all_that_is_out_of_range_or_missing_is_told_at_once(house: House) -> None:
    answer = Answer("U1-1", "q1/organisation", ANSWERED["q1"], actor="test", figures={"committees": -1, "joint": -2})
    with pytest.raises(WrongFigures) as refused:
        complete(house, CODE, [answer])
    assert str(refused.value) == (
        "U1-1 q1/organisation: organisations: is missing; committees: -1 is under the least allowed, 0;"
        " branches: is missing; joint: -2 is under the least allowed, 0; give each as CODE=NUMBER"
    )


def test_all_broken_rules_are_told_at_once_also_several_at_one_figure(house: House) -> None:
    answer_quarter(house, "U1-1", (2, 0, 0))
    broken = organisation("U1-1", "q2", organisations=7)
    with pytest.raises(WrongFigures) as refused:
        complete(house, CODE, [broken])
    assert {code: str(fault) for code, fault in refused.value.faults.items()} == {
        "organisations": "Organisations 7 must equal Committees 1 + Branches 2 + Joint branches 3 = 6",
        "committees": "Committees 1 was 2 before, and cannot fall",
    }
    assert all(str(fault) in str(refused.value) for fault in refused.value.faults.values())


def test_one_answer_that_breaks_a_rule_harms_no_other(house: House) -> None:
    bad, good = complete_each(house, CODE, [organisation("U1-1", joint=0), organisation("U1-2")])
    assert isinstance(bad, WrongFigures)
    assert not isinstance(good, WrongFigures)


def test_nothing_falls_that_cannot_fall(house: House) -> None:
    answer_quarter(house, "U1-1", (2, 0, 0))
    answer_quarter(house, "U1-2", (0, 1, 0))
    with pytest.raises(WrongFigures, match="Committees 1 was 2 before, and cannot fall"):
        complete(house, CODE, [organisation("U1-1", "q2")])
    complete(house, CODE, [organisation("U1-2", "q2")])


def test_nothing_is_made_to_have_fallen_afterwards(house: House) -> None:
    for stage in ("q1", "q2"):
        answer_quarter(house, "U1-1", (1, 0, 0), stage=stage)
    reopen(house, CODE, Named("U1-1", "q1/organisation"), reason="wrong", actor="test", now=at("2027-07-06 10:00"))
    with pytest.raises(WrongFigures, match="committees: is 1 in the period after, and cannot fall"):
        complete(house, CODE, [organisation("U1-1", committees=2, organisations=7)])
    complete(house, CODE, [organisation("U1-1")])
