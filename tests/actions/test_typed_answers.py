"""Workbooks of answers as people type them: what is read as it is meant, and what is refused at its cell."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from sqlalchemy import Engine

from actions.house import House
from config.vocabulary import AssignmentStatus
from models.scope import Scope
from tests.actions.filled_forms import ASKING, SQLITE, SURVEY, TRAINING, state_of, stays, take
from tests.factories import a_house_at_work
from tests.workbooks import YES, a_form, fill, marks_of, saved_again


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return a_house_at_work(engine, tmp_path / "home", text=ASKING)


@pytest.fixture
def form(house: House, tmp_path: Path) -> Path:
    """A workbook of unit U1, as it was handed out on 15 September."""
    return a_form(house, tmp_path / "form.xlsx", unit="U1")


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
