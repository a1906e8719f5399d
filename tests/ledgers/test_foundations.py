"""The ledger of foundations keeps the practice of founding, and lists who is next."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from actions.amend import amend
from actions.enter import enter
from actions.house import House
from actions.reading.prospects import read_prospects
from actions.strike import strike
from config.ledgers.writing import WrongEntry
from config.vocabulary import LedgerCode
from tests.factories import a_running_house, at
from tests.ledgers.entries import an_entry
from tests.records import CAMPAIGN

NOW = at("2009-09-15 10:00")
FOUNDATIONS = LedgerCode.FOUNDATIONS


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return a_running_house(engine, tmp_path / "home")


def entered(house: House, *entries: dict[str, Any]) -> None:
    enter(house, CAMPAIGN, [an_entry(FOUNDATIONS, **entry) for entry in entries], actor="test", now=NOW)


def amended(house: House, number: int, **more: Any) -> bool:
    return amend(house, CAMPAIGN, number, an_entry(FOUNDATIONS, **more), reason="go on", actor="test", now=NOW)


TOO_FEW = {"full_members": "1 are too few to found it; 3 are needed"}
TAKEN = {"enterprise": "stands in entry 1; correct that one"}
REFUSED = {
    "founded with one member": ({"status": "founded", "full_members": 1, "enterprise": "某纺织厂"}, TOO_FEW),
    "founded beside its own prospect": ({"status": "founded"}, TAKEN),
    "a committee beside the prospect of a branch": ({"kind": "committee"}, TAKEN),
    "written in another width": ({"enterprise": "某 机械厂"}, TAKEN),
    "one that has its branch in the registry": (
        {"enterprise": "企业U1-1"},
        {"enterprise": "has its organisation in the registry: U1-1, 企业U1-1支部"},
    ),
    "one that prepares a branch that it has": (
        {"enterprise": "企业U1-1", "status": "preparing"},
        {"enterprise": "has its organisation in the registry: U1-1, 企业U1-1支部"},
    ),
}


@pytest.mark.parametrize(("more", "faults"), REFUSED.values(), ids=REFUSED.keys())
def test_an_entry_is_refused_at_its_column(house: House, more: dict[str, Any], faults: dict[str, str]) -> None:
    entered(house, {}, {"enterprise": "另一企业"})
    with pytest.raises(WrongEntry) as refusal:
        entered(house, {"enterprise": "又一企业"}, more)
    assert refusal.value.faults == faults
    with pytest.raises(WrongEntry) as refusal:
        amended(house, 2, **more)
    assert refusal.value.faults == faults
    assert [each.number for each in read_prospects(house, CAMPAIGN, limit=9).rows] == [1, 2], "nothing half done"


TAKEN_IN = {
    "the same enterprise in another unit": {"place": "U2"},
    "its union": {"kind": "union", "status": "founded", "full_members": 0},
    "a joint branch with one member": {
        "enterprise": "某纺织厂",
        "kind": "joint_branch",
        "status": "founded",
        "full_members": 1,
    },
    "a branch that is in the registry by now": {"enterprise": "企业U1-1", "status": "founded"},
}


@pytest.mark.parametrize("more", TAKEN_IN.values(), ids=TAKEN_IN.keys())
def test_these_are_taken(house: House, more: dict[str, Any]) -> None:
    entered(house, {})
    entered(house, more)


def test_an_entry_goes_on_by_being_corrected_and_one_that_was_struck_is_in_nobodys_way(house: House) -> None:
    entered(house, {})
    assert amended(house, 1, status="preparing")
    assert amended(house, 1, status="founded")
    strike(house, CAMPAIGN, FOUNDATIONS, 1, reason="wrong", actor="test", now=NOW)
    entered(house, {})
    with pytest.raises(WrongEntry, match="enterprise: is entered twice"):
        entered(house, {"enterprise": "另一企业"}, {"enterprise": "另一企业"})


def test_prospects_come_by_their_size_page_by_page(house: House) -> None:
    sizes = {"甲": 99, "乙": 300, "丙": 100, "丁": 99}
    listed = [{"enterprise": name, "employees": size} for name, size in sizes.items()]
    unfit = [{"enterprise": "戊", "full_members": 2}, {"enterprise": "己", "status": "preparing"}]
    entered(house, *unfit, *listed, {"enterprise": "庚", "place": "U2"})
    first = read_prospects(house, CAMPAIGN, unit="U1", limit=3)
    assert [(each.entry.enterprise, each.comes_first) for each in first.rows] == [
        ("乙", True),
        ("丙", True),
        ("甲", False),
    ]
    rest = read_prospects(house, CAMPAIGN, unit="U1", limit=3, after=int(first.following or 0))
    assert [each.entry.enterprise for each in rest.rows] == ["丁"]
    assert rest.following is None
