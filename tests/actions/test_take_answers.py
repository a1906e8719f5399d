"""Answers that were filled in offline: what is new is written, what contradicts is shown, nothing is lost."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from sqlalchemy import Engine

from actions.assignments.named import Named
from actions.complete import Answer, complete
from actions.extend import Request, extend
from actions.house import House
from actions.reading.tasks import TaskState, read_tasks
from actions.reopen import reopen
from actions.take_answers import TakenAnswers, take_answers
from actions.waive import waive
from config.errors import FaultyFile, Refusal, Unknown
from config.sheets import Source
from config.vocabulary import AssignmentStatus, EventKind, Language
from models.scope import Scope
from sheets.answers.filled import read_form
from tests.dumps import dump
from tests.factories import CAMPAIGN, a_house_at_work, at
from tests.records import events_of
from tests.workbooks import YES, a_form, fill, marks_of, saved_again

LATER, LAST = at("2009-09-16 10:00"), at("2009-09-17 10:00")
SURVEY, TRAINING = "mobilization/survey", "mobilization/training"
SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

ASKING = CAMPAIGN.replace(
    "figures: [members]}",
    "figures: [{code: members, maximum: 100}, {code: spent, kind: amount, required: false}]}",
).replace("title: {zh: 培训, en: Training}", "title: {zh: 培训, en: Training}, evidence: true")
"""The trial, whose survey takes an amount too, and whose training needs a photo."""


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return a_house_at_work(engine, tmp_path / "home", text=ASKING)


@pytest.fixture
def form(house: House, tmp_path: Path) -> Path:
    """A workbook of unit U1, as it was handed out on 15 September."""
    return a_form(house, tmp_path / "form.xlsx", unit="U1")


def take(house: House, file: Path, *, actor: str = "li", now: Any = LATER, **asked: Any) -> TakenAnswers:
    return take_answers(house, read_form(Source.of_file(file)), actor=actor, now=now, **asked)


def state_of(house: House, branch: str, task: str) -> TaskState:
    tasks = read_tasks(house, "trial", branch, now=LATER).tasks
    return next(state for state in tasks if f"{state.stage}/{state.task}" == task)


def stays(taken: TakenAnswers) -> list[tuple[str, str, str]]:
    """What was not taken: the cell, what stands in it, and why."""
    return [(kept.cell.at, kept.cell.text, str(kept.reason)) for kept in taken.kept]


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
@pytest.mark.parametrize(
    ("done", "typed", "figure"),
    [
        (YES, 12, 12),
        ("完成", 12.0, 12),
        ("√", "12", 12),
        ("是", " １２ ", 12),
        ("Done", "＋１２", 12),
        (" yes ", "0", 0),
        ("Ｙ", "１２ 人", 12),
        (1, 12, 12),
    ],
)
def test_numbers_and_marks_are_read_as_people_type_them(
    house: House, form: Path, done: Any, typed: Any, figure: int
) -> None:
    fill(form, {("U1-1", SURVEY): {"done": done, "members": typed}})
    assert take(house, form).is_whole
    assert state_of(house, "U1-1", SURVEY).figures == {"members": figure}


@SQLITE
@pytest.mark.parametrize(
    ("row", "cells"),
    [
        pytest.param(
            {"done": YES, "members": "a dozen", "note": "by Li"},
            [("G5", YES, "was held back"), ("H5", "a dozen", "is not a number"), ("J5", "by Li", "was held back")],
            id="no number",
        ),
        pytest.param(
            {"done": YES, "members": True}, [("G5", YES, "held"), ("H5", "true", "not a number")], id="a bool"
        ),
        pytest.param({"done": YES, "members": 1.5}, [("G5", YES, "held"), ("H5", "1.5", "whole number")], id="a part"),
        pytest.param({"done": YES, "members": -1}, [("G5", YES, "held"), ("H5", "-1", "least allowed")], id="negative"),
        pytest.param(
            {"done": YES, "members": 101}, [("G5", YES, "held"), ("H5", "101", "most allowed")], id="too many"
        ),
        pytest.param({"done": YES}, [("G5", YES, "held back"), ("H5", "", "is missing")], id="missing"),
        pytest.param({"done": "perhaps"}, [("G5", "perhaps", "neither that the task is done nor")], id="perhaps"),
        pytest.param({"members": 12}, [("H5", "12", "not marked as done")], id="not marked"),
        pytest.param(
            {"done": "否", "note": "next week"},
            [("G5", "否", "not marked"), ("J5", "next week", "not marked")],
            id="not yet",
        ),
        pytest.param(
            {"done": YES, "members": 12, "note": "long " * 401},
            [("G5", YES, "held"), ("H5", "12", "held"), ("J5", ("long " * 401).strip(), "at most 2000")],
            id="a long note",
        ),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_cell_with_all_of_its_row(
    house: House, form: Path, row: dict[str, Any], cells: list[tuple[str, str, str]]
) -> None:
    fill(form, {("U1-1", SURVEY): row, ("U1-2", SURVEY): {"done": YES, "members": 9}})
    taken = take(house, form)
    assert [receipt.branch for receipt in taken.done] == ["U1-2"], "one row harms no other"
    found = stays(taken)
    assert [cell[:2] for cell in found] == [cell[:2] for cell in cells]
    for (_, _, why), (_, _, words) in zip(found, cells, strict=True):
        assert words in why
    assert state_of(house, "U1-1", SURVEY).status is AssignmentStatus.OPEN


@SQLITE
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_errors_are_refused_at_their_cells_whoever_saved_them(
    house: House, form: Path, tmp_path: Path, kind: str
) -> None:
    fill(
        form,
        {
            ("U1-1", SURVEY): {"done": YES, "members": "=NA()", "spent": "=1/0"},
            ("U1-2", SURVEY): {"done": "=1/0", "members": 12},
            ("U1-3", SURVEY): {"done": YES, "members": 12, "note": "#REF!"},
            ("U1-1", TRAINING): {"note": "=NA()"},
        },
    )
    taken = take(house, saved_again(form, tmp_path / "office", kind))
    refused = {cell: text for cell, text, why in stays(taken) if "an error of the spreadsheet" in why}
    assert refused == {"H5": "#N/A", "I5": "#DIV/0!", "J6": "#N/A", "G7": "#DIV/0!", "J9": "#REF!"}
    assert (taken.done, taken.blank) == ((), 2)


@SQLITE
def test_formulas_that_nobody_worked_out_are_refused_at_their_cells(house: House, form: Path) -> None:
    fill(
        form,
        {
            ("U1-1", SURVEY): {"done": YES, "members": "=6*2", "spent": "=1"},
            ("U1-2", SURVEY): {"done": '="yes"', "members": 12},
            ("U1-3", SURVEY): {"members": "=6*2"},
            ("U1-1", TRAINING): {"done": YES, "note": "=A1"},
        },
    )
    taken = take(house, form)
    refused = {cell: text for cell, text, why in stays(taken) if "a formula that nobody has worked out" in why}
    assert refused == {"H5": "=6*2", "I5": "=1", "J6": "=A1", "G7": '="yes"', "H9": "=6*2"}
    assert (taken.done, taken.blank) == ((), 2)


@SQLITE
def test_work_that_needs_a_file_says_so(house: House, form: Path) -> None:
    fill(form, {("U1-1", TRAINING): {"done": YES}})
    ((at_cell, _, why),) = stays(take(house, form))
    assert (at_cell, "asks for evidence" in why) == ("G6", True)


def _add_a_column(book: Workbook) -> None:
    book.worksheets[1].cell(5, 20, "my own remark")


def _add_a_row(book: Workbook) -> None:
    book.worksheets[1].cell(60, 7, YES)


def _clear_a_key(book: Workbook) -> None:
    sheet = book.worksheets[1]
    sheet.cell(5, marks_of(sheet)["rollcall.task"]).value = None
    sheet.cell(5, 7, YES)


def _add_a_sheet(book: Workbook) -> None:
    book.create_sheet("mine").cell(3, 2, "calls to make")


def _other_branch(book: Workbook) -> None:
    book.worksheets[1].cell(5, 2, "U9-9")
    book.worksheets[1].cell(5, 7, YES)


def _branch_of_another_row(book: Workbook) -> None:
    book.worksheets[1].cell(5, 2, "U1-2")
    book.worksheets[1].cell(5, 7, YES)


def _task_of_another_row(book: Workbook) -> None:
    sheet = book.worksheets[1]
    sheet.cell(5, 4).value = sheet.cell(6, 4).value
    sheet.cell(5, 7, YES)


def _visible_sorted_alone(book: Workbook) -> None:
    """Sort by branch, from the last to the first, and leave the hidden columns where they are."""
    sheet = book.worksheets[1]
    sheet.cell(6, 7, YES)
    rows = [[sheet.cell(row, column).value for column in range(1, 11)] for row in range(5, 11)]
    for row, values in enumerate(sorted(rows, key=lambda values: values[1], reverse=True), start=5):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column).value = value
    sheet.cell(6, 7, YES)


def _other_campaign(book: Workbook) -> None:
    sheet = book.worksheets[1]
    sheet.cell(5, marks_of(sheet)["rollcall.campaign"], "other")
    sheet.cell(5, 7, YES)


def _not_asked(book: Workbook) -> None:
    book.worksheets[1].cell(6, 7, YES)
    book.worksheets[1].cell(6, 8, 3)


def _twice(book: Workbook) -> None:
    sheet = book.worksheets[1]
    for column in range(1, sheet.max_column + 1):
        sheet.cell(30, column, sheet.cell(5, column).value)
    for row, members in ((5, 12), (30, 13)):
        sheet.cell(row, 7, YES)
        sheet.cell(row, 8, members)


@SQLITE
@pytest.mark.parametrize(
    ("change", "cell", "why"),
    [
        (_add_a_column, "T5", "this column is none of the sheet's"),
        (_add_a_row, "G60", "this row is none that Rollcall made"),
        (_clear_a_key, "G5", "its hidden cells were cleared"),
        (_add_a_sheet, "B3", "this sheet is none that Rollcall made"),
        (_other_branch, "B5", "is not what it was made with"),
        (_branch_of_another_row, "B5", "is not what it was made with"),
        (_task_of_another_row, "B5", "is not what it was made with"),
        (_visible_sorted_alone, "B6", "is not what it was made with"),
        (_other_campaign, "G5", "is an answer in campaign other"),
        (_not_asked, "H6", "does not ask for this figure"),
        (_twice, "H30", "another row answers the same, and otherwise: 动员部署!G5"),
    ],
)
def test_what_has_no_place_is_listed_and_never_left_out(
    house: House, form: Path, change: Any, cell: str, why: str
) -> None:
    book = load_workbook(form)
    change(book)
    book.save(form)
    found = {where: said for where, _, said in stays(take(house, form, campaign="trial"))}
    assert why in found[cell]


@SQLITE
def test_who_sees_one_branch_answers_for_no_other(house: House, form: Path) -> None:
    fill(form, {("U1-1", SURVEY): {"done": YES, "members": 12}, ("U1-2", SURVEY): {"done": YES, "members": 9}})
    own = Scope(branch=1)
    taken = take(house, form, scope=own)
    assert [receipt.branch for receipt in taken.done] == ["U1-1"]
    assert {why for _, _, why in stays(taken)} == {"branch U1-2: not in the registry"}


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
