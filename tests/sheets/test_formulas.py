"""Names that begin as formulas do leave the house as text, and come back as what they were."""

import csv
import io
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, update

from actions.complete import Answer, complete
from actions.house import House
from actions.reading.lists.all import open_list
from actions.take_answers import take_answers
from config.sheets import Source
from config.vocabulary import FileFormat, Language, ListCode
from models.branch import Branch
from models.database import transaction
from models.dialects import table_of
from models.unit import Unit
from sheets.answers.filled import read_form
from sheets.lists.writing import write_table
from tests.factories import CAMPAIGN, a_house_at_work, at
from tests.workbooks import YES, a_form, fill, saved_again

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

NOW = at("2009-09-16 10:00")
BRANCH, UNIT, TASK, NOTE = "=1+1", "@U", "=SUM(A1)", "+1"
SURVEY = "mobilization/survey"


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    text = CAMPAIGN.replace("{zh: 摸底, en: Survey}", f'"{TASK}"')
    house = a_house_at_work(engine, tmp_path / "home", text=text)
    with transaction(house.engine) as session:
        for table, name in ((Branch, BRANCH), (Unit, UNIT)):
            session.execute(update(table_of(table)).values(name=name))
    complete(house, "trial", [Answer("U1-1", SURVEY, NOW, "li", {"members": 12}, note=NOTE)])
    return house


def listed(house: House, written_as: FileFormat) -> bytes:
    out = io.BytesIO()
    with open_list(house, "trial", ListCode.ASSIGNMENTS, unit="U1", now=NOW) as table:
        write_table(table, out, written_as, Language.ZH, marked=False)
    return out.getvalue()


def test_in_a_workbook_they_are_text(house: House) -> None:
    (sheet,) = load_workbook(io.BytesIO(listed(house, FileFormat.XLSX))).worksheets
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value in (BRANCH, UNIT, TASK, NOTE)]
    assert {cell.value for cell in cells} == {BRANCH, UNIT, TASK, NOTE}
    assert {cell.data_type for cell in cells} == {"s"}


def test_in_text_they_are_guarded_where_a_spreadsheet_would_run_them(house: House) -> None:
    rows = list(csv.reader(io.StringIO(listed(house, FileFormat.CSV).decode(), newline="")))
    found = {cell for row in rows for cell in row}
    assert found >= {f"'{text}" for text in (BRANCH, UNIT, TASK, NOTE)}
    assert found.isdisjoint({BRANCH, UNIT, TASK, NOTE})


def test_in_parquet_they_are_what_they_are(house: House) -> None:
    rows: list[dict[str, Any]] = pyarrow.parquet.read_table(io.BytesIO(listed(house, FileFormat.PARQUET))).to_pylist()
    assert {value for row in rows for value in row.values()} >= {BRANCH, UNIT, TASK, NOTE}


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_in_a_workbook_of_answers_they_are_text_whoever_saved_it(house: House, tmp_path: Path, kind: str) -> None:
    form = a_form(house, tmp_path / "form.xlsx", unit="U1", now=NOW)
    fill(form, {("U1-2", SURVEY): {"done": YES, "members": 9, "note": NOTE}})
    book = load_workbook(form)
    cells = [cell for row in book.worksheets[1].iter_rows() for cell in row if cell.value in (BRANCH, UNIT, TASK)]
    assert {cell.data_type for cell in cells} == {"s"}
    taken = take_answers(
        house, read_form(Source.of_file(saved_again(form, tmp_path / "office", kind))), actor="wang", now=NOW
    )
    assert ([receipt.branch for receipt in taken.done], taken.unchanged, taken.is_whole) == (["U1-2"], 1, True)
