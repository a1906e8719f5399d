"""A workbook for a quarter: what is known already stands in it, and counts once somebody confirms it."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine

from actions.house import House
from actions.take_answers import TakenAnswers, take_answers
from config.sheets import Source
from sheets.answers.filled import read_form
from tests.factories import at
from tests.returns.houses import CODE, RETURNS, a_house_with_returns, answer_quarter, task_of
from tests.returns.test_suggestions import visited
from tests.workbooks import YES, a_form, fill, marks_of, saved_again

NOW = at("2027-07-06 10:00")
ORGANISATION, TRAINING = "q2/organisation", "q2/training"


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """Two quarters are open; U1-1 answered the first, and was visited in the second."""
    text = RETURNS.replace("from: people_trained", "from: visits")
    house = a_house_with_returns(engine, tmp_path / "home", opened=2, text=text)
    answer_quarter(house, "U1-1", (1, 2, 0))
    visited(house, "U1-1", "2027-05-04", 7)
    return house


@pytest.fixture
def form(house: House, tmp_path: Path) -> Path:
    return a_form(house, tmp_path / "form.xlsx", campaign=CODE, unit="U1", now=NOW)


def take(house: House, file: Path) -> TakenAnswers:
    return take_answers(house, read_form(Source.of_file(file)), actor="li", now=NOW)


def test_what_is_known_stands_in_the_sheet(form: Path) -> None:
    _, _, sheet = load_workbook(form).worksheets
    marks = marks_of(sheet)
    stands = {
        (sheet.cell(row, marks["rollcall.branch"]).value, sheet.cell(row, marks["rollcall.task"]).value): [
            sheet.cell(row, marks[f"rollcall.figure.{code}"]).value
            for code in ("organisations", "committees", "branches", "joint", "trained", "dues")
        ]
        for row in range(5, sheet.max_row + 1)
    }
    no = "·"
    assert stands == {
        ("U1-1", ORGANISATION): [3, 1, 2, 0, no, no],
        ("U1-1", TRAINING): [no, no, no, no, 7, None],
        ("U1-2", ORGANISATION): [None, None, None, None, no, no],
        ("U1-2", TRAINING): [no, no, no, no, None, None],
    }


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_what_nobody_confirmed_says_nothing(house: House, form: Path, tmp_path: Path, kind: str) -> None:
    taken = take(house, saved_again(form, tmp_path / "office", kind))
    assert (taken.done, taken.unchanged, taken.conflicts, taken.kept) == ((), 2, (), ())


def test_what_is_confirmed_is_an_answer_as_it_stands(house: House, form: Path) -> None:
    fill(form, {("U1-1", ORGANISATION): {"done": YES}, ("U1-1", TRAINING): {"done": YES, "trained": 9}})
    taken = take(house, form)
    assert (len(taken.done), taken.is_whole) == (2, True)
    assert dict(task_of(house, "U1-1", "q2", "organisation").figures) == {
        "organisations": 3,
        "committees": 1,
        "branches": 2,
        "joint": 0,
    }
    assert task_of(house, "U1-1", "q2", "training").figures == {"trained": 9}


def test_a_figure_that_was_changed_and_not_confirmed_is_not_left_out(house: House, form: Path) -> None:
    fill(form, {("U1-1", ORGANISATION): {"committees": 4}})
    taken = take(house, form)
    assert [(kept.cell.title, kept.cell.text, str(kept.reason)) for kept in taken.kept] == [
        ("党委", "4", "was not taken, because the task is not marked as done")
    ]


def test_what_was_answered_meanwhile_is_no_conflict_with_what_nobody_confirmed(house: House, form: Path) -> None:
    answer_quarter(house, "U1-1", (2, 2, 0), stage="q2")
    taken = take(house, form)
    assert (taken.done, taken.conflicts, taken.kept) == ((), (), ())
