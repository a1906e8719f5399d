"""What the form of an answer proposes."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from actions.enter import enter
from actions.house import House
from actions.reading.branches import read_branch
from config.vocabulary import FigureOrigin, LedgerCode, Measure
from tests.factories import at
from tests.ledgers.entries import an_entry
from tests.returns.houses import CODE, RETURNS, a_house_with_returns, answer_quarter

NOW = at("2027-07-06 10:00")


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    text = RETURNS.replace("from: people_trained", "from: visits")
    return a_house_with_returns(engine, tmp_path / "home", opened=2, text=text)


def proposed(house: House, branch: str, stage: str, task: str) -> dict[str, tuple[Any, Any]]:
    work = read_branch(house, CODE, branch, now=NOW).work(stage, task)
    return {code: (each.value, each.origin) for code, each in work.suggested.items()}


def visited(house: House, place: str, day: str, persons: int) -> None:
    entry = an_entry(LedgerCode.VISITS, place=place, day=day, persons=persons)
    enter(house, CODE, [entry], actor="test", now=NOW)


def test_the_figures_of_the_period_before_are_proposed(house: House) -> None:
    answer_quarter(house, "U1-1", (1, 2, 0))
    last = FigureOrigin.LAST
    assert proposed(house, "U1-1", "q2", "organisation") == {
        "organisations": (3, last),
        "committees": (1, last),
        "branches": (2, last),
        "joint": (0, last),
    }
    assert proposed(house, "U1-2", "q2", "organisation") == {}
    assert proposed(house, "U1-1", "q1", "organisation") == {}, "it is answered, and had nothing before it"


def test_what_the_ledgers_say_of_the_branch_in_the_quarter_is_proposed(house: House) -> None:
    for place, day, persons in (
        ("U1-1", "2027-01-01", 3),
        ("U1-1", "2027-03-31", 4),
        ("U1-1", "2027-04-01", 50),
        ("U1-2", "2027-02-01", 600),
    ):
        visited(house, place, day, persons)
    assert proposed(house, "U1-1", "q1", "training") == {"trained": (7, Measure.VISITS)}
    assert proposed(house, "U1-1", "q2", "training") == {"trained": (50, Measure.VISITS)}
    assert proposed(house, "U2-1", "q1", "training") == {}, "nothing was recorded: that is not the same as none"


def test_what_is_answered_is_proposed_nothing(house: House) -> None:
    visited(house, "U1-1", "2027-02-01", 3)
    answer_quarter(house, "U1-1")
    assert proposed(house, "U1-1", "q1", "training") == {}
