"""Entries of ledgers: written, read, corrected and struck, and what of it whoever asks may see."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine

from actions.amend import amend
from actions.enter import enter
from actions.house import House
from actions.import_registry import import_registry
from actions.reading.branch_list import read_branch
from actions.reading.ledgers import EntryFilter, EntryState, read_entry, read_ledger, read_whole_ledger
from actions.registry.reading import read_file
from actions.strike import strike
from config.errors import Forbidden, Refusal, Unknown
from config.ledgers.entry import Entry
from config.vocabulary import EventKind, LedgerCode
from config.wording import describe
from models.database import snapshot
from models.queries import find_branch, find_unit
from models.scope import EVERYTHING, Scope
from tests.factories import a_running_house, at
from tests.ledgers.entries import an_entry
from tests.records import CAMPAIGN, events_of

NOW = at("2009-09-15 10:00")
EVERYTHING_ASKED = EntryFilter()
EVERY = pytest.mark.parametrize("ledger", LedgerCode)


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return a_running_house(engine, tmp_path / "home")


def entered(house: House, *entries: Entry, scope: Scope = EVERYTHING) -> tuple[int, ...]:
    return enter(house, CAMPAIGN, entries, actor="test", now=NOW, scope=scope)


def standing(house: House, ledger: LedgerCode, asked: EntryFilter = EVERYTHING_ASKED) -> list[EntryState]:
    return list(read_whole_ledger(house, CAMPAIGN, ledger, asked))


def scope_of(house: House, unit: str | None = None, branch: str | None = None) -> Scope:
    with snapshot(house.engine) as session:
        if unit is not None:
            return Scope(path=find_unit(session, unit).path)
        return Scope(branch=find_branch(session, branch or "").id)


@EVERY
def test_what_was_entered_is_read_as_it_was_written(house: House, ledger: LedgerCode) -> None:
    entry = an_entry(ledger)
    assert entered(house, entry) == (1,)
    (state,) = standing(house, ledger)
    assert (state.number, state.entry, state.unit, state.recorded_by) == (1, entry, "U1", "test")
    (event,) = events_of(house, EventKind.ENTRY_ADDED)
    assert event.subject == f"{ledger} #1"


def test_numbers_count_on_within_a_ledger(house: House) -> None:
    visit, training = an_entry(LedgerCode.VISITS), an_entry(LedgerCode.TRAINING)
    assert entered(house, visit, visit) == (1, 2)
    assert entered(house, training) == (1,)
    assert entered(house, visit) == (3,)


WRONG = {
    "a count of none": ({"persons": 0}, "must be at least 1, not 0"),
    "a count that is none": ({"persons": "three"}, 'must be a whole number, not "three"'),
    "about so many": ({"persons": "约30"}, 'must be a whole number, not "约30"'),
    "a half": ({"persons": "2.5"}, 'must be a whole number, not "2.5"'),
    "a way nobody knows": ({"way": "letter"}, 'must be one of lecture, report, files, members, not "letter"'),
    "a day in words": ({"day": "yesterday"}, "is not a day; write it like 2009-12-18"),
    "a day as a number": ({"day": 20090910}, "is not a day; write it like 2009-12-18"),
    "a day in no usual year": ({"day": date(1899, 12, 31)}, "is not a day; write it like 2009-12-18"),
    "a day as seconds": ({"day": "1254009600"}, "is not a day; write it like 2009-12-18"),
    "findings too long": ({"findings": "x" * 2001}, "must be at most 2000 characters long"),
}


@pytest.mark.parametrize(("more", "said"), WRONG.values(), ids=WRONG.keys())
def test_an_entry_that_is_wrong_says_where_and_what(more: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        an_entry(LedgerCode.VISITS, **more)
    (error,) = wrong.value.errors()
    assert (error["loc"], describe(error)) == ((*more,), said)


@pytest.mark.parametrize(
    "day", ["2009-09-07", "2009/9/7", "2009.9.7", "2009年9月7日", "20090907", "２００９年９月７日"]
)
def test_a_day_may_be_written_in_any_of_five_forms(day: str) -> None:
    assert an_entry(LedgerCode.TARGETS, day, due=day).model_dump(include={"day", "due"}) == {
        "day": date(2009, 9, 7),
        "due": date(2009, 9, 7),
    }


@pytest.mark.parametrize("count", ["1234", "１２３４", "1,234", "1 234人次", " 1234.0 "])
def test_a_count_is_read_as_people_write_it(count: str) -> None:
    assert an_entry(LedgerCode.VISITS, persons=count).model_dump(include={"persons"}) == {"persons": 1234}


PARTS = {
    "more adopted than made": (LedgerCode.SUGGESTIONS, {"adopted": 13}, "13 adopted of 12 made"),
    "more effective than adopted": (LedgerCode.SUGGESTIONS, {"effective": 6}, "6 effective of 5 adopted"),
    "more members than employees": (LedgerCode.COVERAGE, {"members": 12032}, "12032 members of 12031 employees"),
    "a target due before it was set": (
        LedgerCode.TARGETS,
        {"due": "2009-09-09"},
        "due on 2009-09-09, before it was set on 2009-09-10",
    ),
    "a period that ends first": (
        LedgerCode.BULLETINS,
        {"until": "2009-08-31"},
        "a period from 2009-09-01 through 2009-08-31",
    ),
}


@pytest.mark.parametrize(("ledger", "more", "said"), PARTS.values(), ids=PARTS.keys())
def test_parts_are_no_more_than_their_whole(ledger: LedgerCode, more: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        an_entry(ledger, **more)
    assert [describe(error) for error in wrong.value.errors()] == [said]


REFUSED = {
    "a branch that is not there": ({"place": "U9-9"}, "branch U9-9: not in the registry"),
    "an officer who is not there": ({"officer": "O9"}, "officer O9: not known here"),
    "a day to come": ({"day": "2009-09-16"}, "day 2009-09-16: has not come yet; today is 2009-09-15"),
}


@pytest.mark.parametrize(("more", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_one_entry_that_cannot_be_taken_keeps_all_out(house: House, more: dict[str, str], said: str) -> None:
    with pytest.raises(Refusal) as refusal:
        entered(house, an_entry(LedgerCode.VISITS), an_entry(LedgerCode.VISITS, **more))
    assert str(refusal.value) == said
    assert standing(house, LedgerCode.VISITS) == []


def test_a_correction_keeps_what_stood_there_in_the_audit(house: House) -> None:
    entered(house, an_entry(LedgerCode.VISITS))
    corrected = an_entry(LedgerCode.VISITS, place="U1-2", persons=5)
    assert amend(house, CAMPAIGN, 1, corrected, reason="typing error", actor="else", now=NOW)
    assert not amend(house, CAMPAIGN, 1, corrected, reason="again", actor="else", now=NOW)
    (state,) = standing(house, LedgerCode.VISITS)
    assert (state.entry, state.changed_by) == (corrected, "else")
    (event,) = events_of(house, EventKind.ENTRY_AMENDED)
    assert event.reason == "typing error"
    assert '"persons": 3' in (event.before or "")


def test_what_was_struck_is_read_only_by_whoever_asks_for_it(house: House) -> None:
    entered(house, an_entry(LedgerCode.VISITS), an_entry(LedgerCode.VISITS))
    strike(house, CAMPAIGN, LedgerCode.VISITS, 1, reason="twice", actor="test", now=NOW)
    assert [state.number for state in standing(house, LedgerCode.VISITS)] == [2]
    both = standing(house, LedgerCode.VISITS, EntryFilter(with_struck=True))
    assert [state.is_struck for state in both] == [True, False]
    with pytest.raises(Refusal, match="visits 1: was struck; enter it anew"):
        strike(house, CAMPAIGN, LedgerCode.VISITS, 1, reason="twice", actor="test", now=NOW)


def test_the_latest_grade_that_counts_is_the_branches(house: House) -> None:
    def grade() -> str | None:
        return read_branch(house, "U1-1").grade

    entered(house, an_entry(LedgerCode.GRADINGS, "2009-09-12", grade="weak"))
    entered(house, an_entry(LedgerCode.GRADINGS, "2009-09-10", grade="good"))
    assert grade() == "weak"
    strike(house, CAMPAIGN, LedgerCode.GRADINGS, 1, reason="wrong branch", actor="test", now=NOW)
    assert grade() == "good"


def test_a_registry_says_the_grade_until_a_ledger_does_and_again_when_that_was_struck(house: House) -> None:
    def registered(grade: str) -> tuple[int, str | None]:
        file = house.home / "graded.csv"
        file.write_text(
            f"unit_code,branch_code,branch_name,members,employees,grade\nU1,U1-1,企业U1-1支部,11,100,{grade}\n",
            encoding="utf-8",
        )
        imported = import_registry(house, read_file(house, file), actor="test", now=NOW)
        assert not imported.rejected
        return imported.changed, read_branch(house, "U1-1").grade

    assert registered("一般") == (1, "fair")
    entered(house, an_entry(LedgerCode.GRADINGS, grade="weak"))
    assert registered("好") == (0, "weak"), "the history holds, and nothing is said to change"
    strike(house, CAMPAIGN, LedgerCode.GRADINGS, 1, reason="wrong branch", actor="test", now=NOW)
    assert registered("fair") == (0, "fair")


def test_a_grade_that_nobody_gives_is_rejected_at_its_cell(house: House) -> None:
    file = house.home / "graded.csv"
    file.write_text("unit_code,branch_code,branch_name,members,employees,grade\nU1,U1-1,n,11,100,五星\n", "utf-8")
    (cell,) = import_registry(house, read_file(house, file), actor="test", now=NOW).rejected
    assert (cell.column, cell.value) == ("grade", "五星")


FOUND = {
    "a unit": (EntryFilter(unit="U1"), [1, 2]),
    "the unit above": (EntryFilter(unit="R"), [1, 2, 3]),
    "a branch": (EntryFilter(branch="U1-2"), [2]),
    "from a day": (EntryFilter(since=an_entry(LedgerCode.VISITS, "2009-09-10").day), [2, 3]),
    "through a day": (EntryFilter(until=an_entry(LedgerCode.VISITS, "2009-09-10").day), [1, 2]),
}


@pytest.mark.parametrize(("asked", "numbers"), FOUND.values(), ids=FOUND.keys())
def test_entries_are_found_by(house: House, asked: EntryFilter, numbers: list[int]) -> None:
    places = [("2009-09-09", "U1-1"), ("2009-09-10", "U1-2"), ("2009-09-11", "U2-1")]
    entered(house, *(an_entry(LedgerCode.VISITS, *place) for place in places))
    assert [state.number for state in standing(house, LedgerCode.VISITS, asked)] == numbers


def test_a_page_says_where_the_next_one_begins(house: House) -> None:
    entered(house, *[an_entry(LedgerCode.VISITS)] * 5)
    first = read_ledger(house, CAMPAIGN, LedgerCode.VISITS, limit=3)
    assert ([state.number for state in first.rows], first.following) == ([5, 4, 3], "3")
    rest = read_ledger(house, CAMPAIGN, LedgerCode.VISITS, limit=3, before=3)
    assert ([state.number for state in rest.rows], rest.following) == ([2, 1], None)


def test_whoever_sees_a_part_reads_and_writes_there_alone(house: House) -> None:
    entered(house, an_entry(LedgerCode.VISITS), an_entry(LedgerCode.VISITS, place="U2-1"))
    for scope in (scope_of(house, unit="U2"), scope_of(house, branch="U2-1")):
        seen = read_ledger(house, CAMPAIGN, LedgerCode.VISITS, limit=9, scope=scope)
        assert [state.number for state in seen.rows] == [2]
        with pytest.raises(Unknown):
            read_entry(house, CAMPAIGN, LedgerCode.VISITS, 1, scope=scope)
        with pytest.raises(Unknown):
            entered(house, an_entry(LedgerCode.VISITS), scope=scope)
        with pytest.raises(Unknown):
            strike(house, CAMPAIGN, LedgerCode.VISITS, 1, reason="x", actor="test", now=NOW, scope=scope)
        with pytest.raises(Unknown):
            amend(
                house,
                CAMPAIGN,
                1,
                an_entry(LedgerCode.VISITS, place="U2-1"),
                reason="x",
                actor="t",
                now=NOW,
                scope=scope,
            )


def test_what_is_said_of_a_unit_is_not_written_by_whoever_sees_a_branch(house: House) -> None:
    with pytest.raises(Forbidden):
        entered(house, an_entry(LedgerCode.TRAINING), scope=scope_of(house, branch="U1-1"))
