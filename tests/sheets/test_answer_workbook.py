"""A workbook of answers: what stands in it, what is locked and checked, and what an office program makes of it."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Engine

from actions.complete import Answer, complete
from actions.house import House
from actions.take_answers import take_answers
from config.sheets import Source
from config.vocabulary import Language
from sheets.answers.filled import FilledForm, read_form
from tests.factories import CAMPAIGN, a_house_at_work, at
from tests.workbooks import YES, a_form, fill, saved_again

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

SURVEY, TRAINING = "mobilization/survey", "mobilization/training"
ASKING = CAMPAIGN.replace(
    "figures: [members]}",
    "figures: [{code: members, title: {zh: 党员数, en: Members}, maximum: 100}, "
    "{code: spent, title: {zh: 经费, en: Spent}, kind: amount, minimum: null, required: false}]}",
)


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return a_house_at_work(engine, tmp_path / "home", text=ASKING)


def sheet_in(file: Path) -> Worksheet:
    """The one sheet of work in a workbook."""
    _, sheet = load_workbook(file).worksheets
    return sheet


def texts(sheet: Worksheet, row: int, until: int = 10) -> list[Any]:
    return [sheet.cell(row, column).value for column in range(1, until + 1)]


def test_a_sheet_has_a_row_for_each_task_of_each_branch_in_the_language_asked_for(house: House, tmp_path: Path) -> None:
    answered = Answer("U1-1", "survey", at("2009-09-14 10:00"), "li", {"members": 12}, note="=A1")
    complete(house, "trial", [answered])
    zh = sheet_in(a_form(house, tmp_path / "zh.xlsx", unit="U1"))
    assert texts(zh, 4) == [
        "单位",
        "支部编码",
        "支部",
        "任务",
        "截止日",
        "状态",
        "是否完成",
        "党员数\n整数，0–100",
        "经费\n最多两位小数",
        "备注",
    ]
    done, open_ = texts(zh, 5), texts(zh, 6)
    assert done[:4] == ["第1区", "U1-1", "企业U1-1支部", "摸底"]
    assert done[5:] == ["已办结", YES, 12, None, "=A1"]
    assert zh.cell(5, 10).data_type == "s", "text stays text"
    assert open_[3:] == ["培训", at("2009-09-24 08:00").replace(tzinfo=None, hour=0), "办理中", "—", "·", "·", None]
    assert [zh.cell(row, 2).value for row in range(5, 11)] == ["U1-1"] * 2 + ["U1-2"] * 2 + ["U1-3"] * 2
    en = sheet_in(a_form(house, tmp_path / "en.xlsx", unit="U1", language=Language.EN))
    assert texts(en, 4)[5:8] == ["Status", "Done?", "Members\nwhole number, 0–100"]
    assert texts(en, 5)[3:7] == ["Survey", done[4], "done", "done"]


def test_all_is_locked_but_what_is_asked(house: House, tmp_path: Path) -> None:
    complete(house, "trial", [Answer("U1-1", "survey", at("2009-09-14 10:00"), "li", {"members": 12})])
    sheet = sheet_in(a_form(house, tmp_path / "form.xlsx", unit="U1"))
    assert sheet.protection.sheet
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    asked = {"G6", "J6", "G7", "H7", "I7", "J7", "G8", "J8", "G9", "H9", "I9", "J9", "G10", "J10"}
    assert unlocked == asked, "what is done, and a figure that a task does not ask for, are locked too"
    assert sheet.freeze_panes == "E5"
    hidden = [letter for letter, column in sheet.column_dimensions.items() if column.hidden]
    assert hidden, "the keys for checking are hidden"
    assert sheet.row_dimensions[3].hidden
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$4:$4")


def test_the_spreadsheet_offers_and_checks_what_can_be_typed(house: House, tmp_path: Path) -> None:
    sheet = sheet_in(a_form(house, tmp_path / "form.xlsx", unit="U1"))
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules["G5:G10"].formula1 == f'"{YES},—"'
    members, spent, note = rules["H5:H10"], rules["I5:I10"], rules["J5:J10"]
    assert (members.type, members.formula1, members.formula2) == ("whole", "0", "100")
    assert (spent.type, float(spent.formula1)) == ("decimal", -1e15)
    assert (note.type, note.formula1) == ("textLength", "2000")


def test_stages_and_waves_have_sheets_of_their_own(house: House, tmp_path: Path) -> None:
    book = load_workbook(a_form(house, tmp_path / "form.xlsx"))
    assert book.sheetnames == ["填表说明", "动员部署 pilot", "动员部署 main"]


def test_with_nothing_open_the_workbook_says_so(house: House, tmp_path: Path) -> None:
    file = a_form(house, tmp_path / "form.xlsx", officer="G1")
    (about,) = load_workbook(file).worksheets
    assert "目前没有可填报的任务。" in [cell.value for row in about.iter_rows() for cell in row]
    assert read_form(Source.of_file(file)) == FilledForm((), ())


@pytest.mark.parametrize("language", list(Language))
def test_what_an_office_program_saves_again_comes_back_unchanged(
    house: House, tmp_path: Path, language: Language
) -> None:
    yes = "done" if language is Language.EN else YES
    file = a_form(house, tmp_path / "form.xlsx", unit="U1", language=language)
    fill(
        file,
        {
            ("U1-1", SURVEY): {"done": yes, "members": "=6*2", "note": "+12\n第二行"},
            ("U1-2", SURVEY): {"done": yes, "members": "１２", "spent": 0.1},
            ("U1-3", TRAINING): {"done": yes},
        },
    )
    sent = read_form(Source.of_file(saved_again(file, tmp_path / "office")))
    back = read_form(Source.of_file(saved_again(saved_again(file, tmp_path / "office"), tmp_path / "again")))
    assert back == sent
    taken = take_answers(house, back, actor="li", now=at("2009-09-16 10:00"))
    assert (len(taken.done), taken.blank, taken.is_whole) == (3, 3, True)
    assert take_answers(house, back, actor="li", now=at("2009-09-16 10:00")).unchanged == 3


def test_an_untouched_workbook_that_an_office_program_saved_says_nothing(house: House, tmp_path: Path) -> None:
    complete(
        house, "trial", [Answer("U1-1", "survey", at("2009-09-14 10:00"), "li", {"members": 12, "spent": 3}, "a\nb")]
    )
    file = a_form(house, tmp_path / "form.xlsx")
    back = read_form(Source.of_file(saved_again(file, tmp_path / "office")))
    assert back == read_form(Source.of_file(file))
    taken = take_answers(house, back, actor="li", now=at("2009-09-16 10:00"))
    assert (taken.done, taken.unchanged, taken.blank, taken.is_whole) == ((), 1, 11, True)
