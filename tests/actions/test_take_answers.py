"""Answers that were filled in offline: what is new is written, what contradicts is shown, nothing is lost."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook
from sqlalchemy import Engine

from actions.assignments.named import Named
from actions.complete import Answer, complete
from actions.extend import Request, extend
from actions.house import House
from actions.reopen import reopen
from actions.waive import waive
from config.errors import FaultyFile, Refusal, Unknown
from config.vocabulary import AssignmentStatus, EventKind, Language
from tests.actions.filled_forms import ASKING, LAST, LATER, SQLITE, SURVEY, state_of, stays, take
from tests.dumps import dump
from tests.factories import a_house_at_work
from tests.records import events_of
from tests.workbooks import YES, a_form, fill


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return a_house_at_work(engine, tmp_path / "home", text=ASKING)


@pytest.fixture
def form(house: House, tmp_path: Path) -> Path:
    """A workbook of unit U1, as it was handed out on 15 September."""
    return a_form(house, tmp_path / "form.xlsx", unit="U1")


def test_what_was_filled_in_is_written_with_its_figures_and_note(house: House, form: Path) -> None:
    fill(form, {("U1-1", SURVEY): {"done": YES, "members": 12, "spent": 3.5, "note": "+1 人"}})
    taken = take(house, form)
    assert (len(taken.done), taken.blank, taken.unchanged, taken.is_whole) == (1, 5, 0, True)
    state = state_of(house, "U1-1", SURVEY)
    assert (state.status, state.done_by, state.done_at) == (AssignmentStatus.DONE, "li", LATER)
    assert (dict(state.figures), state.note) == ({"members": 12, "spent": Decimal("3.5")}, "+1 人")
    assert [event.subject for event in events_of(house, EventKind.ASSIGNMENT_COMPLETED)] == ["U1-1 mobilization/survey"]


def test_the_same_workbook_again_changes_nothing(house: House, form: Path) -> None:
    fill(form, {("U1-1", SURVEY): {"done": YES, "members": 12}, ("U1-2", SURVEY): {"done": YES, "members": 9}})
    assert len(take(house, form).done) == 2
    before = dump(house.engine)
    again = take(house, form, actor="wang", now=LAST)
    assert (again.done, again.unchanged, again.is_whole) == ((), 2, True)
    assert dump(house.engine) == before


def test_a_trial_run_tells_the_same_and_writes_nothing(house: House, form: Path) -> None:
    fill(form, {("U1-1", SURVEY): {"done": YES, "members": 12}, ("U1-2", SURVEY): {"done": YES, "members": 500}})
    before = dump(house.engine)
    tried = take(house, form, dry_run=True)
    assert dump(house.engine) == before
    assert tried == take(house, form)
    assert (len(tried.done), len(tried.kept)) == (1, 2)


def test_two_people_over_the_same_branches_lose_nothing(house: House, form: Path, tmp_path: Path) -> None:
    first = fill(
        form,
        {
            ("U1-1", SURVEY): {"done": YES, "members": 12, "note": "counted on Monday"},
            ("U1-2", SURVEY): {"done": YES, "members": 9},
        },
        tmp_path / "first.xlsx",
    )
    second = fill(
        form,
        {
            ("U1-1", SURVEY): {"done": YES, "members": 13, "note": "counted on Tuesday"},
            ("U1-2", SURVEY): {"done": YES, "members": 9},
            ("U1-3", SURVEY): {"done": YES, "members": 7},
        },
        tmp_path / "second.xlsx",
    )
    assert len(take(house, first, actor="li").done) == 2
    taken = take(house, second, actor="wang", now=LAST)
    assert [receipt.branch for receipt in taken.done] == ["U1-3"], "what is new is taken"
    assert taken.unchanged == 1, "what both say is no conflict"
    (conflict,) = taken.conflicts
    assert (conflict.branch, conflict.status, conflict.who, conflict.at) == ("U1-1", "done", "li", LATER)
    assert [(each.cell.title, each.stands, each.cell.text) for each in conflict.differences] == [
        ("members", "12", "13"),
        ("备注", "counted on Monday", "counted on Tuesday"),
    ]
    assert not taken.is_whole
    assert state_of(house, "U1-1", SURVEY).figures == {"members": 12}, "who was first stands"
    assert state_of(house, "U1-3", SURVEY).done_by == "wang"


def _waive(house: House) -> None:
    waive(house, "trial", Named("U1-1", SURVEY), reason="closed", actor="zhao", now=LATER)


def _answer(house: House) -> None:
    figures = {"members": 15}
    complete(house, "trial", [Answer("U1-1", SURVEY, at=LATER, actor="zhao", figures=figures)])


def _reopen(house: House) -> None:
    reopen(house, "trial", Named("U1-1", SURVEY), reason="wrong year", actor="zhao", now=LATER)


@pytest.mark.parametrize(
    ("before", "meanwhile", "status", "differences"),
    [
        pytest.param([], [_answer], "done", [("members", "15")], id="answered otherwise"),
        pytest.param([], [_waive], "waived", [("是否完成", None), ("members", None)], id="waived"),
        pytest.param([_answer], [_reopen], "open", [("是否完成", None), ("members", None)], id="reopened"),
        pytest.param([_answer], [_reopen, _answer], "done", [("members", "15")], id="reopened and answered"),
    ],
)
def test_what_was_changed_meanwhile_is_shown_and_stays(
    house: House, tmp_path: Path, before: list[Any], meanwhile: list[Any], status: str, differences: list[Any]
) -> None:
    for act in before:
        act(house)
    form = a_form(house, tmp_path / "form.xlsx", unit="U1", now=LATER)
    fill(form, {("U1-1", SURVEY): {"done": YES, "members": 12}})
    for act in meanwhile:
        act(house)
    stood = dump(house.engine)
    taken = take(house, form, now=LAST)
    (conflict,) = taken.conflicts
    assert (conflict.status, conflict.who, conflict.at) == (status, "zhao", LATER)
    assert [(each.cell.title, each.stands) for each in conflict.differences] == differences
    assert dump(house.engine) == stood


def test_what_was_opened_again_is_not_closed_by_a_workbook_from_before(
    house: House, form: Path, tmp_path: Path
) -> None:
    fill(form, {("U1-1", SURVEY): {"done": YES, "members": 12}})
    take(house, form)
    _reopen(house)
    stood = dump(house.engine)
    again = take(house, form, now=LAST)
    (conflict,) = again.conflicts
    assert (again.done, conflict.status, conflict.who, conflict.at) == ((), "open", "zhao", LATER)
    assert [(each.cell.title, each.cell.text) for each in conflict.differences] == [
        ("是否完成", YES),
        ("members", "12"),
    ]
    assert dump(house.engine) == stood
    fresh = a_form(house, tmp_path / "fresh.xlsx", unit="U1", now=LAST)
    fill(fresh, {("U1-1", SURVEY): {"done": YES, "members": 13}})
    assert take(house, fresh, now=LAST).is_whole, "a workbook from after it applies"
    assert take(house, form, now=LAST).conflicts, "and the one from before still does not"
    assert state_of(house, "U1-1", SURVEY).figures == {"members": 13}


def test_a_row_that_is_as_it_was_made_says_nothing_whatever_became_of_its_work(house: House, tmp_path: Path) -> None:
    _answer(house)
    waive(house, "trial", Named("U1-2", SURVEY), reason="closed", actor="zhao", now=LATER)
    form = a_form(house, tmp_path / "form.xlsx", unit="U1", now=LATER)
    taken = take(house, form)
    assert (taken.done, taken.unchanged, taken.blank, taken.is_whole) == ((), 1, 5, True)
    for branch in ("U1-1", "U1-2"):
        reopen(house, "trial", Named(branch, SURVEY), reason="wrong year", actor="zhao", now=LATER)
    taken = take(house, form)
    assert (taken.done, taken.unchanged, taken.blank, taken.is_whole) == ((), 0, 6, True)
    complete(house, "trial", [Answer("U1-1", SURVEY, at=LATER, actor="zhao", figures={"members": 99})])
    assert take(house, form).is_whole


def test_what_is_done_is_not_undone_by_a_sheet(house: House, tmp_path: Path) -> None:
    _answer(house)
    form = a_form(house, tmp_path / "form.xlsx", unit="U1", now=LATER)
    fill(form, {("U1-1", SURVEY): {"done": "—"}})
    assert stays(take(house, form)) == [
        ("G5", "—", "what was done is opened again on its page, with a reason; a sheet cannot")
    ]
    assert state_of(house, "U1-1", SURVEY).figures == {"members": 15}


def test_an_answer_is_taken_although_its_last_day_was_moved(house: House, form: Path) -> None:
    fill(form, {("U1-1", SURVEY): {"done": YES, "members": 12}})
    wish = Request(date(2009, 9, 23), "flood", branch="U1-1", task="survey")
    extend(house, "trial", wish, actor="zhao", now=LATER)
    taken = take(house, form)
    assert (len(taken.done), taken.moved, taken.is_whole) == (1, 1, True)


@SQLITE
def test_a_workbook_in_english_comes_back_alike(house: House, tmp_path: Path) -> None:
    form = a_form(house, tmp_path / "form.xlsx", officer="OU2-1", language=Language.EN)
    fill(form, {("U2-1", SURVEY): {"done": "done", "members": 12}})
    assert take(house, form).is_whole


@SQLITE
def test_what_is_no_workbook_of_answers_is_refused(house: House, tmp_path: Path) -> None:
    file = tmp_path / "form.xlsx"
    file.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(FaultyFile, match=r"form\.xlsx: "):
        take(house, file)
    Workbook().save(file)
    with pytest.raises(Refusal, match="no row of answers that Rollcall made"):
        take(house, file)
    with pytest.raises(Unknown, match="campaign other: not launched here"):
        take(house, file, campaign="other")
