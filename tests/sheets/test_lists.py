"""Lists as files: types stay types, text stays text, and nothing in them runs."""

import csv
import io
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow.parquet
import pytest
from openpyxl import load_workbook

from config.definition.text import Text
from config.errors import Refusal
from config.vocabulary import FileFormat, Language, ProblemStatus
from sheets.lists.table import Cell, Kind, Table, column
from sheets.lists.workbook import write_list
from sheets.lists.writing import write_table
from tests.workbooks import saved_again

COLUMNS = (
    column("name", "名称", "Name"),
    column("status", "状态", "Status", Kind.WORD),
    column("count", "数量", "Count", Kind.WHOLE),
    column("spent", "经费", "Spent", Kind.AMOUNT),
    column("share", "比例", "Share", Kind.SHARE),
    column("day", "日期", "Day", Kind.DAY),
    column("at", "时间", "At", Kind.MOMENT),
    column("late", "逾期", "Late", Kind.YES),
)
ROW: tuple[Cell, ...] = (
    Text(zh="甲", en="A"),
    ProblemStatus.OPEN,
    12,
    Decimal("3.50"),
    0.25,
    date(2009, 9, 7),
    datetime(2009, 9, 7, 1, 30, tzinfo=UTC),
    True,
)
RUNS = ("=1+1", "+8613800138000", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", '=HYPERLINK("http://x","y")')
SHANGHAI = ZoneInfo("Asia/Shanghai")
ON_THE_WALL = [datetime.fromisoformat("2009-09-07"), datetime.fromisoformat("2009-09-07T09:30")]


def table(*rows: tuple[Cell, ...], columns: Any = COLUMNS) -> Table:
    return Table(Text(zh="清单", en="List"), columns, SHANGHAI, iter(rows))


def written(made: Table, written_as: FileFormat, language: Language = Language.EN, *, marked: bool = False) -> bytes:
    file = io.BytesIO()
    write_table(made, file, written_as, language, marked=marked)
    return file.getvalue()


def cells_of(data: bytes | Path) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(data) if isinstance(data, bytes) else data)
    return [[read(cell) for cell in row] for sheet in book.worksheets for row in sheet.iter_rows()]


def read(cell: Any) -> Any:
    """What stands in a cell; openpyxl leaves the sign for a carriage return as it is spelt in the file."""
    return cell.value.replace("_x000D_", "\r") if isinstance(cell.value, str) else cell.value


def test_text_is_written_for_people_in_their_language() -> None:
    lines = written(table(ROW, (None,) * 8), FileFormat.CSV).decode().split("\r\n")
    assert lines == [
        "Name,Status,Count,Spent,Share,Day,At (Asia/Shanghai),Late",
        "A,open,12,3.50,0.2500,2009-09-07,2009-09-07 09:30:00,yes",
        ",,,,,,,",
        "",
    ]
    zh = written(table(ROW), FileFormat.CSV, Language.ZH, marked=True).decode()
    assert zh.startswith("\ufeff名称,状态"), "Excel knows UTF-8 by its mark alone"
    assert "甲,未解决,12" in zh


def test_a_workbook_holds_numbers_days_and_words_as_what_they_are() -> None:
    header, row, empty = cells_of(written(table(ROW, (None,) * 8), FileFormat.XLSX, Language.ZH))
    assert header[:2] == ["名称", "状态"]
    assert row == ["甲", "未解决", 12, 3.5, 0.25, *ON_THE_WALL, "是"]
    assert set(empty) == {None}


def test_parquet_is_written_for_programs() -> None:
    file = io.BytesIO(written(table(ROW, (None,) * 8), FileFormat.PARQUET))
    found = pyarrow.parquet.read_table(file).to_pylist()
    assert found[0] == {
        "name": "A",
        "status": "open",
        "count": 12,
        "spent": Decimal("3.50"),
        "share": 0.25,
        "day": date(2009, 9, 7),
        "at": datetime(2009, 9, 7, 1, 30, tzinfo=UTC),
        "late": True,
    }
    assert set(found[1].values()) == {None}


@pytest.mark.parametrize("text", RUNS)
def test_text_that_a_spreadsheet_would_run_cannot_become_a_formula(text: str) -> None:
    one = (column("name", text, text),)
    lines = list(csv.reader(io.StringIO(written(table((text,), columns=one), FileFormat.CSV).decode(), newline="")))
    assert lines[1] == [f"'{text}"]
    assert lines[0] == [f"'{text.strip()}"], "in the header too"
    book = load_workbook(io.BytesIO(written(table((text,), columns=one), FileFormat.XLSX)))
    for cell in book.worksheets[0]["A"]:
        assert (cell.data_type, cell.hyperlink) == ("s", None)
        assert read(cell).strip() == text.strip()
        assert cell.number_format == "@" or cell.row == 1


@pytest.mark.parametrize("number", [-2, Decimal("-3.50")])
def test_a_number_below_nothing_stays_a_number(number: Any) -> None:
    kind = Kind.AMOUNT if isinstance(number, Decimal) else Kind.WHOLE
    one = (column("count", "数量", "Count", kind),)
    assert written(table((number,), columns=one), FileFormat.CSV).decode() == f"Count\r\n{number}\r\n"
    assert cells_of(written(table((number,), columns=one), FileFormat.XLSX)) == [["Count"], [float(number)]]


def test_what_one_sheet_cannot_take_goes_on_in_the_next() -> None:
    one = (column("count", "数量", "Count", Kind.WHOLE),)
    file = io.BytesIO()
    assert write_list(table(*((n,) for n in range(7)), columns=one), file, Language.EN, rows_a_sheet=4) == 7
    book = load_workbook(file)
    assert book.sheetnames == ["List", "List 2", "List 3"]
    assert [[cell.value for cell in sheet["A"]] for sheet in book] == [
        ["Count", 0, 1, 2],
        ["Count", 3, 4, 5],
        ["Count", 6],
    ]


@pytest.mark.parametrize("written_as", list(FileFormat))
def test_an_empty_list_has_its_header(written_as: FileFormat) -> None:
    data = written(table(), written_as)
    if written_as is FileFormat.PARQUET:
        assert pyarrow.parquet.read_table(io.BytesIO(data)).schema.names[:2] == ["name", "status"]
    elif written_as is FileFormat.CSV:
        assert data.decode().startswith("Name,Status")
    else:
        assert cells_of(data)[0][:2] == ["Name", "Status"]


@pytest.mark.parametrize("written_as", list(FileFormat))
def test_rows_are_written_while_they_are_read(written_as: FileFormat) -> None:
    alive = most = 0

    class Row(tuple[Cell, ...]):
        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    def rows() -> Iterator[tuple[Cell, ...]]:
        nonlocal alive, most
        for _ in range(120_000):
            alive += 1
            most = max(most, alive)
            yield Row(("x", 1))

    columns = (column("name", "名称", "Name"), column("count", "数量", "Count", Kind.WHOLE))
    made = Table(Text.same("List"), columns, SHANGHAI, rows())
    assert write_table(made, io.BytesIO(), written_as, Language.EN, marked=False) == 120_000
    assert most <= 100_001, "a group of rows at most, and the next"


@pytest.mark.parametrize("written_as", list(FileFormat))
def test_what_fails_while_it_is_read_is_not_taken_for_whole_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written_as: FileFormat
) -> None:
    def rows() -> Iterator[tuple[Cell, ...]]:
        yield ROW
        raise Refusal("the database went away")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    failing = Table(Text.same("List"), COLUMNS, SHANGHAI, rows())
    with pytest.raises(Refusal, match="went away"):
        write_table(failing, io.BytesIO(), written_as, Language.EN, marked=False)
    assert list(tmp_path.iterdir()) == []
    assert written(table(ROW), written_as)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", list(Language))
def test_what_an_office_program_saves_again_says_the_same(tmp_path: Path, language: Language) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(written(table(ROW, *((text, *ROW[1:]) for text in RUNS)), FileFormat.XLSX, language))
    assert cells_of(saved_again(file, tmp_path / "office")) == cells_of(file)
