"""Coverage: what is counted where units above and below were both asked."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from actions.amend import amend
from actions.enter import enter
from actions.house import House
from actions.reading.coverage import read_coverage
from actions.reading.measures import read_measures
from config.vocabulary import LedgerCode, Measure
from tests.factories import a_running_house, at
from tests.ledgers.entries import an_entry
from tests.records import CAMPAIGN

NOW = at("2009-09-15 10:00")
COVERAGE = LedgerCode.COVERAGE


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return a_running_house(engine, tmp_path / "home")


def counted(house: House, *entries: dict[str, Any]) -> int:
    enter(house, CAMPAIGN, [an_entry(COVERAGE, **entry) for entry in entries], actor="test", now=NOW)
    return enterprises(house)


def enterprises(house: House, unit: str | None = None) -> int:
    (figure,) = read_measures(house, CAMPAIGN, [Measure.ENTERPRISES], unit=unit)
    return figure.value


CASES = {
    "the unit above is not added": ([{"place": "R", "enterprises": 900}, {}, {"place": "U2"}], 846),
    "alone it is": ([{"place": "R", "enterprises": 900, "alone": True}, {}], 1323),
    "it counts while nothing below does": ([{"place": "R", "enterprises": 900}], 900),
    "its latest count is the one that holds": (
        [{"place": "R", "enterprises": 900, "alone": True}, {"place": "R", "day": "2009-09-12"}, {}],
        423,
    ),
}


@pytest.mark.parametrize(("entries", "expected"), CASES.values(), ids=CASES.keys())
def test_enterprises_are_counted_once(house: House, entries: list[dict[str, Any]], expected: int) -> None:
    assert counted(house, *entries) == expected
    assert sum(part.enterprises for part in read_coverage(house, CAMPAIGN).parts) == expected


def test_what_does_not_agree_is_told_with_both_numbers_until_it_is_put_right(house: House) -> None:
    counted(house, {"place": "R", "enterprises": 900}, {}, {"place": "U2", "enterprises": 477, "members": 700})
    found = read_coverage(house, CAMPAIGN).disagreements
    assert [(each.unit, each.column, each.said, each.below) for each in found if each.column == "members"] == [
        ("R", "members", 675, 1375)
    ]
    assert "enterprises" not in {each.column for each in found}, "900 are 423 and 477"
    assert read_coverage(house, CAMPAIGN, unit="U1").disagreements == ()
    twice = {"employees": 24062, "members": 1375, "enterprises_with_members": 120}
    organisations = {"committees": 4, "branches": 74, "joint_branches": 4}
    right = an_entry(COVERAGE, place="R", enterprises=900, **twice, **organisations)
    amend(house, CAMPAIGN, 1, right, reason="added up", actor="test", now=NOW)
    assert read_coverage(house, CAMPAIGN).disagreements == ()
