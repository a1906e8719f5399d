"""Reading returns: what is there, what is missing, and every version as it was."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.assignments.named import Named
from actions.correct_return import Correction, correct_return
from actions.enter import enter
from actions.house import House
from actions.pass_on import pass_on
from actions.reading.return_list import read_returns
from actions.reading.returns import ReturnState, read_return
from actions.waive import waive
from config.errors import Forbidden, Refusal, Unknown
from config.vocabulary import LedgerCode, ReturnStatus
from models.scope import Scope
from tests.ledgers.entries import an_entry
from tests.returns.houses import CODE, PASSED, a_house_with_returns, answer_quarter

OPEN, DONE, OUTDATED = ReturnStatus.OPEN, ReturnStatus.PASSED_ON, ReturnStatus.OUTDATED


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    house = a_house_with_returns(engine, tmp_path / "home", opened=2)
    for branch, trained in (("U1-1", 1), ("U1-2", 20), ("U2-1", 300)):
        answer_quarter(house, branch, trained=trained)
    return house


def passed(house: House, *units: str, **more: object) -> None:
    for unit in units:
        pass_on(house, CODE, "q1", unit, actor=f"G{unit}", now=PASSED, **more)  # type: ignore[arg-type]


def brought(found: ReturnState) -> list[tuple[str, bool, ReturnStatus, int | None, object]]:
    return [(part.unit, part.is_own, part.status, part.version, part.figures.get("trained")) for part in found.parts]


def test_before_it_is_passed_on_it_shows_what_is_there_and_who_is_missing(house: House) -> None:
    found = read_return(house, CODE, "q1", "U2")
    assert (found.status, found.shown, found.figures["trained"]) == (OPEN, None, 300)
    assert [(work.branch, work.task) for work in found.missing] == [("U2-2", "organisation"), ("U2-2", "training")]
    passed(house, "U1")
    city = read_return(house, CODE, "q1", "R")
    assert brought(city) == [("R", True, OPEN, None, None), ("U1", False, DONE, 1, 21), ("U2", False, OPEN, None, None)]
    assert city.figures["trained"] == 21


def test_what_was_passed_on_is_shown_as_it_was(house: House) -> None:
    passed(house, "U1")
    passed(house, "R", incomplete=True, reason="U2 is late")
    found = read_return(house, CODE, "q1", "R")
    assert (found.status, found.shown, found.figures["trained"]) == (DONE, 1, 21)
    assert brought(found) == [("R", True, DONE, None, 0), ("U1", False, DONE, 1, 21)]
    (version,) = found.versions
    assert (version.missing, version.reason, version.passed_by, version.passed_at) == (1, "U2 is late", "GR", PASSED)


def test_every_version_can_be_read_with_what_it_was_made_of(house: House) -> None:
    passed(house, "U1")
    passed(house, "R", incomplete=True, reason="U2 is late")
    correction = Correction("U1-1", "q1", "training", {"trained": 5})
    correct_return(house, CODE, correction, reason="typed wrong", actor="G1", now=PASSED)
    assert read_return(house, CODE, "q1", "U1").status is OUTDATED
    assert read_return(house, CODE, "q1", "U1").figures["trained"] == 25
    passed(house, "U1")
    passed(house, "R", incomplete=True, reason="U2 is late")
    first, second = (read_return(house, CODE, "q1", "R", version=number) for number in (1, 2))
    assert (first.figures["trained"], second.figures["trained"]) == (21, 25)
    assert brought(first)[1] == ("U1", False, OUTDATED, 1, 21)
    assert brought(second)[1] == ("U1", False, DONE, 2, 25)
    with pytest.raises(Unknown, match="城: there is no version 3 in q1"):
        read_return(house, CODE, "q1", "R", version=3)


def test_the_period_before_stands_beside_it(house: House) -> None:
    passed(house, "U1")
    assert read_return(house, CODE, "q2", "U1").before["trained"] == 21
    assert read_return(house, CODE, "q1", "U1").before == {}


def test_what_the_ledgers_say_of_the_unit_stands_beside_it_too(house: House) -> None:
    for place, day, persons in (("U1", "2027-03-31", 7), ("U2", "2027-02-01", 50), ("U1", "2027-04-01", 600)):
        enter(
            house, CODE, [an_entry(LedgerCode.TRAINING, place=place, day=day, persons=persons)], actor="t", now=PASSED
        )
    assert read_return(house, CODE, "q1", "U1").recorded == {"trained": 7}
    assert read_return(house, CODE, "q1", "R").recorded == {"trained": 57}


def test_the_list_shows_every_unit_at_work_as_far_as_one_sees(house: House) -> None:
    passed(house, "U1")
    lines = read_returns(house, CODE, "q1").lines
    assert [(line.unit, line.status, line.missing, line.version, line.passed_by) for line in lines] == [
        ("R", OPEN, 0, None, None),
        ("U1", DONE, 0, 1, "GU1"),
        ("U2", OPEN, 2, None, None),
    ]
    seen = read_returns(house, CODE, "q1", scope=Scope(path="/R/U2/")).lines
    assert [line.unit for line in seen] == ["U2"]
    assert read_returns(house, CODE, "q3").lines == ()
    assert [code for code, _ in read_returns(house, CODE, "q1").stages] == ["q1", "q2", "q3", "q4"]


def test_returns_are_not_shown_to_whoever_sees_branches_alone(house: House) -> None:
    alone = Scope(officers=frozenset({1}))
    with pytest.raises(Forbidden):
        read_returns(house, CODE, "q1", scope=alone)
    with pytest.raises(Forbidden):
        read_return(house, CODE, "q1", "U1", scope=alone)
    with pytest.raises(Refusal, match="unit U1: not in the registry"):
        read_return(house, CODE, "q1", "U1", scope=Scope(path="/R/U2/"))


def test_a_figure_that_fell_is_told_at_it_once_nobody_is_missing(house: House) -> None:
    answer_quarter(house, "U1-1", (0, 1, 0), stage="q2")
    corrected = Correction("U1-2", "q1", "organisation", {"organisations": 3, "committees": 2})
    passed(house, "U1")
    correct_return(house, CODE, corrected, reason="counted anew", actor="G", now=PASSED)
    passed(house, "U1")
    assert read_return(house, CODE, "q1", "U1").faults == {}, "it has gone on"
    assert read_return(house, CODE, "q2", "U1").faults == {}, "U1-2 is missing"
    for task in ("organisation", "training"):
        waive(house, CODE, Named("U1-2", f"q2/{task}"), reason="closed", actor="test", now=PASSED)
    assert read_return(house, CODE, "q2", "U1").faults == {"committees": "Committees 0 was 2 before, and cannot fall"}
