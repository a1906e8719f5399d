"""Two people fill in workbooks of the same branches offline, as people and their office programs do."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Engine

from actions.house import House
from actions.reading.tasks import TaskState, read_tasks
from actions.take_answers import TakenAnswers, take_answers
from config.sheets import Source
from config.vocabulary import AssignmentStatus
from sheets.answers.filled import read_form
from tests.dumps import dump
from tests.factories import CAMPAIGN, a_house_at_work, at
from tests.workbooks import YES, Wishes, a_form, fill, saved_again

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

FIRST, SECOND = at("2009-09-16 10:00"), at("2009-09-17 10:00")
SURVEY, TRAINING = "mobilization/survey", "mobilization/training"
ASKING = CAMPAIGN.replace(
    "figures: [members]}", "figures: [{code: members}, {code: spent, kind: amount, required: false}]}"
)


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return a_house_at_work(engine, tmp_path / "home", text=ASKING)


def take(house: House, file: Path, actor: str) -> TakenAnswers:
    return take_answers(house, read_form(Source.of_file(file)), actor=actor, now=FIRST if actor == "li" else SECOND)


def state_of(house: House, branch: str, task: str = SURVEY) -> TaskState:
    tasks = read_tasks(house, "trial", branch, now=SECOND).tasks
    return next(state for state in tasks if f"{state.stage}/{state.task}" == task)


def one_after_the_other(house: House, folder: Path, first: Wishes, second: Wishes) -> TakenAnswers:
    """Let li hand in what is wished first, then wang; return what became of wang's."""
    form = a_form(house, folder / "form.xlsx", unit="U1")
    assert take(house, fill(form, first, folder / "first.xlsx"), "li").is_whole
    return take(house, fill(form, second, folder / "second.xlsx"), "wang")


def differences(taken: TakenAnswers) -> list[tuple[str, str | None, str]]:
    """What is in conflict: the cell, what stands, and what the sheet says."""
    return [(each.cell.at, each.stands, each.cell.text) for found in taken.conflicts for each in found.differences]


@pytest.mark.parametrize(
    ("first", "second", "conflicts"),
    [
        pytest.param({"members": 12}, {"members": 13}, [("H5", "12", "13")], id="the same cell"),
        pytest.param({"members": 12}, {"members": 12.0}, [], id="the same, written otherwise"),
        pytest.param({"members": 12}, {"members": 12, "spent": 3.5}, [("I5", None, "3.5")], id="a cell more"),
        pytest.param({"members": 12, "spent": 3.5}, {"members": 12}, [], id="a cell less"),
        pytest.param({"members": 12, "note": "a"}, {"members": 12, "note": "a "}, [], id="a blank more"),
        pytest.param(
            {"members": 12, "note": "a"},
            {"members": 12, "spent": 3.5, "note": "b"},
            [("I5", None, "3.5"), ("J5", "a", "b")],
            id="other cells of the row",
        ),
    ],
)
def test_of_one_row_who_was_first_stands_and_what_differs_is_shown(
    house: House, tmp_path: Path, first: dict[str, object], second: dict[str, object], conflicts: list[object]
) -> None:
    row = ("U1-1", SURVEY)
    taken = one_after_the_other(house, tmp_path, {row: {"done": YES} | first}, {row: {"done": YES} | second})
    assert differences(taken) == conflicts
    assert taken.kept == ()
    assert state_of(house, "U1-1").done_by == "li"


def test_what_one_of_them_left_open_the_other_answers(house: House, tmp_path: Path) -> None:
    first = {("U1-1", SURVEY): {"done": YES, "members": 12}}
    second = {("U1-1", TRAINING): {"done": YES}, ("U1-2", SURVEY): {"done": YES, "members": 9}}
    taken = one_after_the_other(house, tmp_path, first, second)
    assert ([receipt.branch for receipt in taken.done], taken.is_whole) == (["U1-1", "U1-2"], True)
    assert state_of(house, "U1-1").done_by == "li"


def test_a_row_that_is_half_filled_in_is_kept_for_its_writer_whoever_was_first(house: House, tmp_path: Path) -> None:
    row = ("U1-1", SURVEY)
    taken = one_after_the_other(house, tmp_path, {row: {"done": YES, "members": 12}}, {row: {"members": 13}})
    assert differences(taken) == [("H5", "12", "13")]


def _sort_rows(sheet: Worksheet) -> None:
    """Sort whole rows from the last branch to the first."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_row=10)]
    for number, values in enumerate(reversed(rows), start=5):
        for column, value in enumerate(values, start=1):
            sheet.cell(number, column).value = value


def _delete_rows(sheet: Worksheet) -> None:
    """Take out the rows that are not filled in, and the title."""
    for number in range(sheet.max_row, 4, -1):
        if sheet.cell(number, 7).value != YES:
            sheet.delete_rows(number)
    sheet.delete_rows(1, 2)


def _add_columns(sheet: Worksheet) -> None:
    """Add a column before the first and one in the middle, both blank."""
    sheet.insert_cols(8)
    sheet.insert_cols(1)


def _add_rows(sheet: Worksheet) -> None:
    """Put blank rows between the rows, and the header once more."""
    sheet.insert_rows(7, 3)


def _move_columns(sheet: Worksheet) -> None:
    """Put the note before the figures, as a person does who cuts and pastes whole columns."""
    for number in range(3, sheet.max_row + 1):
        values = [sheet.cell(number, column).value for column in (10, 8, 9)]
        for column, value in zip((8, 9, 10), values, strict=True):
            sheet.cell(number, column).value = value


def _hide_rows(sheet: Worksheet) -> None:
    """Leave a filter on that shows one row."""
    for number in range(6, 11):
        sheet.row_dimensions[number].hidden = True


@pytest.mark.parametrize("change", [_sort_rows, _delete_rows, _add_columns, _add_rows, _move_columns, _hide_rows])
def test_whatever_they_do_to_the_sheet_each_answer_finds_its_work(
    house: House, tmp_path: Path, change: Callable[[Worksheet], None]
) -> None:
    form = a_form(house, tmp_path / "form.xlsx", unit="U1")
    wishes = {(f"U1-{each}", SURVEY): {"done": YES, "members": 10 + each, "note": f"n{each}"} for each in (1, 2, 3)}
    fill(form, wishes)
    book = load_workbook(form)
    change(book.worksheets[1])
    book.save(form)
    taken = take(house, form, "li")
    assert (sorted(receipt.branch for receipt in taken.done), taken.is_whole) == (["U1-1", "U1-2", "U1-3"], True)
    for each in (1, 2, 3):
        state = state_of(house, f"U1-{each}")
        assert (state.figures, state.note) == ({"members": 10 + each}, f"n{each}")


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_whatever_program_saved_them_nothing_is_lost_and_what_differs_is_shown(
    house: House, tmp_path: Path, kind: str
) -> None:
    form = a_form(house, tmp_path / "form.xlsx", unit="U1")
    first = fill(form, {("U1-1", SURVEY): {"done": YES, "members": 12}}, tmp_path / "first.xlsx")
    second = fill(
        form,
        {("U1-1", SURVEY): {"done": YES, "members": 13}, ("U1-2", SURVEY): {"done": YES, "members": "９"}},
        tmp_path / "second.xlsx",
    )
    assert take(house, saved_again(first, tmp_path / "office", kind), "li").is_whole
    again = saved_again(second, tmp_path / "office", kind)
    taken = take(house, again, "wang")
    assert [receipt.branch for receipt in taken.done] == ["U1-2"]
    assert differences(taken) == [("H5", "12", "13")]
    assert taken.kept == ()
    stood = dump(house.engine)
    assert differences(take(house, again, "wang")) == [("H5", "12", "13")], "handed in again, it is shown again"
    assert dump(house.engine) == stood


def test_a_sheet_whose_hidden_columns_are_gone_is_said_not_to_be_ours(house: House, tmp_path: Path) -> None:
    form = a_form(house, tmp_path / "form.xlsx", unit="U1")
    fill(form, {("U1-1", SURVEY): {"done": YES, "members": 12}})
    book = load_workbook(form)
    book.worksheets[1].delete_cols(11, 10)
    book.save(form)
    taken = take_answers(house, read_form(Source.of_file(form)), campaign="trial", actor="li", now=FIRST)
    ((kept),) = taken.kept
    assert "none that Rollcall made" in kept.reason
    assert state_of(house, "U1-1").status is AssignmentStatus.OPEN
