"""Passing a return on: figures are summed up the tree and frozen."""

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.assignments.named import Named
from actions.complete import complete
from actions.house import House
from actions.pass_on import PassedOn, pass_on
from actions.reopen import reopen
from actions.waive import waive
from config.errors import Forbidden, Refusal
from config.vocabulary import EventKind
from models.returned import UnitReturn
from models.scope import Scope
from tests.dumps import dump
from tests.factories import answer
from tests.records import events_of, every, facts
from tests.returns.houses import CODE, PASSED, a_house_with_returns, answer_quarter


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return a_house_with_returns(engine, tmp_path / "home")


def passed(house: House, unit: str, stage: str = "q1", **more: object) -> PassedOn:
    return pass_on(house, CODE, stage, unit, actor=f"G{unit}", now=PASSED, **more)  # type: ignore[arg-type]


def test_what_branches_answered_is_summed_up_the_tree(house: House) -> None:
    answer_quarter(house, "U1-1", (1, 2, 3), trained=10)
    answer_quarter(house, "U1-2", (0, 1, 0), trained=20)
    answer_quarter(house, "U2-1", (2, 0, 0), trained=30)
    answer_quarter(house, "U2-2", (0, 0, 1), trained=40)
    first = passed(house, "U1")
    assert first == PassedOn(
        "q1", "U1", 1, {"organisations": 7, "committees": 1, "branches": 3, "joint": 3, "trained": 30}, is_new=True
    )
    passed(house, "U2")
    whole = passed(house, "R")
    assert whole.figures == {"organisations": 10, "committees": 3, "branches": 3, "joint": 4, "trained": 100}


def test_amounts_are_summed_to_the_cent(house: House) -> None:
    for branch, dues in (("U1-1", "10.10"), ("U1-2", "0.95")):
        answer_quarter(house, branch, dues=dues)
    assert passed(house, "U1").figures["dues"] == Decimal("11.05")


def test_passing_on_is_recorded_once_and_repeated_without_harm(house: House) -> None:
    for branch in ("U1-1", "U1-2"):
        answer_quarter(house, branch)
    passed(house, "U1")
    before = dump(house.engine)
    again = passed(house, "U1")
    assert (again.version, again.is_new) == (1, False)
    assert dump(house.engine) == before
    (event,) = events_of(house, EventKind.RETURN_PASSED_ON)
    assert (event.subject, event.actor, event.at) == ("U1 q1", "GU1", PASSED)
    assert facts(event.after) == {
        "version": 1,
        "missing": 0,
        "figures": {"organisations": 2, "committees": 0, "branches": 2, "joint": 0, "trained": 10},
    }


def test_whoever_is_missing_is_named_and_nothing_is_written(house: House) -> None:
    answer_quarter(house, "U1-1")
    before = dump(house.engine)
    with pytest.raises(Refusal) as refused:
        passed(house, "U1")
    assert str(refused.value).startswith(
        "第1区: 2 are missing in q1: 企业U1-2支部 (organisation), 企业U1-2支部 (training)"
    )
    with pytest.raises(Refusal, match="城: 2 are missing in q1: 第1区, 第2区"):
        passed(house, "R")
    assert dump(house.engine) == before


def test_what_is_incomplete_goes_on_with_a_reason_alone(house: House) -> None:
    answer_quarter(house, "U1-1", (1, 0, 0))
    with pytest.raises(Refusal, match="needs a reason"):
        passed(house, "U1", incomplete=True)
    assert passed(house, "U1", incomplete=True, reason="flooded").figures["organisations"] == 1
    (row,) = every(house, UnitReturn)
    assert (row.missing, row.reason) == (2, "flooded")


def test_waived_work_is_not_missing(house: House) -> None:
    answer_quarter(house, "U1-1")
    for task in ("organisation", "training"):
        waive(house, CODE, Named("U1-2", f"q1/{task}"), reason="closed", actor="test", now=PASSED)
    assert passed(house, "U1").figures["organisations"] == 1


@pytest.mark.parametrize("unit", ["U1", "R"])
def test_an_answer_that_was_passed_on_stays_as_it_is(house: House, unit: str) -> None:
    answer_quarter(house, "U1-1")
    passed(house, "U1", incomplete=True, reason="late")
    if unit == "R":
        passed(house, "R", incomplete=True, reason="late")
    before = dump(house.engine)
    told = "passed q1 on, on 2027-04-20 by GU1; its return has to be corrected first"
    with pytest.raises(Refusal, match=told):
        complete(house, CODE, [answer("U1-2", "q1/training", "2027-04-21 10:00", trained=3)])
    with pytest.raises(Refusal, match=told):
        reopen(house, CODE, Named("U1-1", "q1/training"), reason="wrong", actor="test", now=PASSED)
    with pytest.raises(Refusal, match=told):
        waive(house, CODE, Named("U1-2", "q1/training"), reason="closed", actor="test", now=PASSED)
    assert dump(house.engine) == before


def test_a_unit_above_that_went_on_without_one_below_holds_it_too(house: House) -> None:
    for branch in ("U1-1", "U1-2"):
        answer_quarter(house, branch)
    passed(house, "U1")
    passed(house, "R", incomplete=True, reason="U2 is late")
    with pytest.raises(Refusal, match="城 passed q1 on, on 2027-04-20 by GR"):
        complete(house, CODE, [answer("U2-1", "q1/training", "2027-04-21 10:00", trained=3)])
    with pytest.raises(Refusal, match="第2区: 城 passed q1 on"):
        passed(house, "U2", incomplete=True, reason="late")


def test_other_quarters_and_units_are_not_held(engine: Engine, tmp_path: Path) -> None:
    house = a_house_with_returns(engine, tmp_path / "home", opened=2)
    answer_quarter(house, "U1-1")
    passed(house, "U1", incomplete=True, reason="late")
    answer_quarter(house, "U2-1")
    answer_quarter(house, "U1-1", stage="q2")
    assert len(events_of(house, EventKind.ASSIGNMENT_COMPLETED)) == 6


def test_a_sum_that_cannot_fall_is_refused_unless_it_is_incomplete(engine: Engine, tmp_path: Path) -> None:
    house = a_house_with_returns(engine, tmp_path / "home", opened=2)
    answer_quarter(house, "U1-1", (1, 0, 0))
    answer_quarter(house, "U1-2", (1, 0, 0))
    passed(house, "U1")
    answer_quarter(house, "U1-1", (1, 0, 0), stage="q2")
    for task in ("organisation", "training"):
        waive(house, CODE, Named("U1-2", f"q2/{task}"), reason="closed", actor="test", now=PASSED)
    with pytest.raises(Refusal, match="第1区: committees: Committees 1 was 2 before, and cannot fall"):
        passed(house, "U1", "q2")
    assert passed(house, "U1", "q2", incomplete=True, reason="U1-2 was dissolved").figures["committees"] == 1


REFUSALS = {
    "q2": ("U1", "第1区: q2 is not open yet for all below it; it opens on 2027-07-01"),
    "q9": ("U1", "stage q9: not in campaign returns"),
    "q1": ("U9", "unit U9: not in the registry"),
}


@pytest.mark.parametrize("stage", REFUSALS)
def test_what_cannot_be_passed_on_is_refused(house: House, stage: str) -> None:
    unit, told = REFUSALS[stage]
    with pytest.raises(Refusal, match=told):
        passed(house, unit, stage)


def test_a_return_is_for_whoever_answers_for_a_unit(house: House) -> None:
    with pytest.raises(Forbidden):
        passed(house, "U1", scope=Scope(officers=frozenset({1})))
    with pytest.raises(Refusal, match="unit U2: not in the registry"):
        passed(house, "U2", scope=Scope(path="/R/U1/"))
