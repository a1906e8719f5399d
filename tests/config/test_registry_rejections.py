"""Rows of a registry that are not taken: the cell, where it stands and why."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.registry import Column, Rejection, read_registry
from models.branch import Branch
from models.officer import Officer
from models.unit import Unit
from tests.registries import BRANCH, CITY, COUNTY, FULL, Line, saved, sheet_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "registry.csv"


BAD_CELLS = {
    "negative": ({"members": "-3"}, "members", "-3", "negative"),
    "negative-in-full-width": ({"members": "\uff0d\uff13"}, "members", "\uff0d\uff13", "negative"),
    "separators": ({"employees": "1,23"}, "employees", "1,23", "not a whole number"),
    "fraction": ({"employees": "12.5"}, "employees", "12.5", "not a whole number"),
    "words": ({"employees": "约30"}, "employees", "约30", "not a whole number"),
    "digits-of-another-script": ({"employees": "٣"}, "employees", "٣", "not a whole number"),
    "too-large": ({"employees": "1" * 10}, "employees", "1" * 10, "too large"),
    "blank-count": ({"members": " "}, "members", "", "missing; write 0"),
    "level": ({"level": "village"}, "level", "village", "unknown; write one of nation, "),
    "kind": ({"kind": "club"}, "kind", "club", "unknown; write one of committee, "),
    "status": ({"status": "asleep"}, "status", "asleep", "unknown; write one of prospect, "),
    "branch-without-a-name": ({"branch_name": ""}, "branch_name", "", "missing"),
    "long-name": ({"branch_name": "字" * 201}, "branch_name", "字" * 60 + "…", "has 201 characters"),
    "long-code": ({"branch_code": "b" * 41}, "branch_code", "b" * 41, "has 41 characters"),
    "slash-in-a-code": ({"branch_code": "1/2"}, "branch_code", "1/2", "not a code"),
    "way-up-in-a-code": ({"officer_code": "../x"}, "officer_code", "../x", "not a code"),
    "bell": ({"branch_name": "澜\x07禾"}, "branch_name", "澜\\u0007禾", "has a control character (U+0007)"),
    "line-break-in-a-code": (
        {"branch_code": "130683\n-001"},
        "branch_code",
        "130683\\u000a-001",
        "has a line break in it; write it on one line",
    ),
    "no-number": (
        {"phone": "call me"},
        "phone",
        "call me",
        "not a telephone number; write 5 to 20 digits, spaces and hyphens, with + before a country's",
    ),
    "turned": ({"leader": "一\u202e二"}, "leader", "一\\u202e二", "has a control character (U+202E)"),
    "no-code": ({"branch_code": ""}, "branch_code", "", "missing, although the row has branch_name, "),
    "no-officer": ({"officer_code": ""}, "officer_code", "", "missing, although the row has officer_name"),
    "channel-without-a-service": ({"channel": "L1"}, "channel", "…", "not an address"),
    "channel-with-a-space": ({"channel": "mailto://a b"}, "channel", "mailto://…", "not an address"),
    "no-unit": ({"unit_code": ""}, "unit_code", "", "missing"),
    "unknown-unit": ({"unit_code": "999", "unit_name": ""}, "unit_code", "999", "unknown unit, and"),
    "unknown-parent": ({"parent_code": "999"}, "parent_code", "999", "unknown unit"),
    "own-parent": ({"parent_code": "130683"}, "parent_code", "130683", "a circle of parents"),
}


@pytest.mark.parametrize(("change", "column", "value", "reason"), BAD_CELLS.values(), ids=BAD_CELLS)
def test_a_bad_cell_is_rejected_with_its_column(path: Path, change: Line, column: str, value: str, reason: str) -> None:
    sheet = read_registry(saved(path, sheet_of(CITY, FULL | change)))
    first = sheet.rejected[0]
    assert (first.line, first.column, first.value) == (3, column, value)
    assert first.reason.startswith(reason)
    assert not len(sheet.branches)


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_lines(path: Path) -> None:
    bad = FULL | {"members": "x", "employees": "-1", "kind": "club", "level": "?"}
    sheet = read_registry(saved(path, sheet_of(bad, bad | {"branch_code": "130683-002"}, CITY)))
    assert [(cell.line, cell.column) for cell in sheet.rejected] == [
        (line, column) for line in (2, 3) for column in ("level", "members", "employees", "kind")
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            [CITY, BRANCH, BRANCH | {"branch_name": "另一家"}],
            [(4, "branch_code", "130683-001", "already on line 3")],
            id="branch-twice",
        ),
        pytest.param(
            [CITY, BRANCH | {"members": "x"}, BRANCH],
            [
                (3, "members", "x", "not a whole number; write it in digits alone"),
                (4, "branch_code", "130683-001", "already on line 3"),
            ],
            id="branch-twice-first-one-rejected",
        ),
        pytest.param(
            [CITY, COUNTY, COUNTY | {"unit_name": "安国"}],
            [(4, "unit_name", "安国", "line 3 says 安国市")],
            id="unit-of-two-names",
        ),
        pytest.param(
            [CITY, COUNTY, COUNTY | {"level": "city"}],
            [(4, "level", "city", "line 3 says county")],
            id="unit-of-two-levels",
        ),
        pytest.param(
            [CITY, COUNTY | {"parent_code": ""}, COUNTY, COUNTY | {"parent_code": "130683"}],
            [(5, "parent_code", "130683", "line 4 says 130600")],
            id="unit-of-two-parents",
        ),
        pytest.param(
            [
                CITY,
                COUNTY,
                {"unit_code": "1", "unit_name": "甲", "parent_code": "2"},
                {"unit_code": "2", "unit_name": "乙", "parent_code": "1"},
            ],
            [
                (4, "parent_code", "2", "a circle of parents: 1 > 2 > 1"),
                (5, "parent_code", "1", "a circle of parents: 2 > 1 > 2"),
            ],
            id="circle",
        ),
        pytest.param(
            [CITY | {"parent_code": "999"}, COUNTY, BRANCH, CITY | {"parent_code": ""}],
            [
                (2, "parent_code", "999", "unknown unit"),
                (3, "parent_code", "130600", "this unit is rejected on line 2"),
                (4, "parent_code", "130600", "this unit is rejected on line 2"),
                (5, "unit_code", "130600", "this unit is rejected on line 2"),
            ],
            id="what-hangs-on-a-rejected-unit",
        ),
        pytest.param(
            [
                {"unit_code": "t", "unit_name": "镇", "parent_code": "130683", "level": "township"},
                COUNTY | {"branch_code": "b", "branch_name": "甲", "members": "x", "employees": "1"},
                CITY | {"parent_code": "999"},
            ],
            [
                (2, "parent_code", "130683", "this unit is rejected on line 3"),
                (3, "parent_code", "130600", "this unit is rejected on line 4"),
                (3, "members", "x", "not a whole number; write it in digits alone"),
                (4, "parent_code", "999", "unknown unit"),
            ],
            id="what-hangs-lower-and-stands-before",
        ),
        pytest.param(
            [CITY | {"level": "?"}, COUNTY, {"unit_code": "130600"}],
            [
                (2, "level", "?", "unknown; write one of nation, province, city, county, township"),
                (3, "parent_code", "130600", "this unit is rejected on line 2"),
                (4, "unit_code", "130600", "this unit is rejected on line 2"),
            ],
            id="parent-with-a-bad-cell",
        ),
        pytest.param(
            [CITY, FULL, FULL | {"branch_code": "b2", "officer_name": "另一人", "channel": "log://x"}],
            [
                (4, "officer_name", "另一人", "line 3 has another officer_name for officer L1"),
                (4, "channel", "log://…", "line 3 has another channel for officer L1"),
            ],
            id="one-officer-two-names-and-addresses",
        ),
    ],
)
def test_rows_that_contradict_each_other(
    path: Path, lines: list[Line], expected: list[tuple[int, str, str, str]]
) -> None:
    assert read_registry(saved(path, sheet_of(*lines))).rejected == tuple(Rejection(*cell) for cell in expected)


def test_the_unit_of_a_rejected_branch_is_taken_all_the_same(path: Path) -> None:
    sheet = read_registry(saved(path, sheet_of(CITY | {"branch_code": "x", "members": "?"}, BRANCH)))
    assert [unit.code for unit in sheet.units] == ["130600", "130683"]
    assert [branch.code for branch in sheet.branches] == ["130683-001"]
    assert {cell.line for cell in sheet.rejected} == {2}


def test_a_comma_that_was_not_quoted_rejects_the_row_and_not_its_shifted_cells(path: Path) -> None:
    below = {"unit_code": "t", "unit_name": "镇", "parent_code": "130683"}
    text = sheet_of(CITY, BRANCH, below, columns=tuple(Column)[:8]).replace(",14,", ",1,214,")
    assert read_registry(saved(path, text)).rejected == (
        Rejection(3, "", "220", "more cells than columns; quote a cell with a comma in it"),
        Rejection(4, "parent_code", "130683", "this unit is rejected on line 3"),
    )


def test_a_rejection_is_one_line() -> None:
    assert str(Rejection(7, "members", "1,2", "negative")) == 'line 7: members "1,2": negative'


def test_every_text_that_is_let_in_fits_its_table(path: Path) -> None:
    columns = {
        "unit_code": Unit.__table__.c.code,
        "unit_name": Unit.__table__.c.name,
        "branch_code": Branch.__table__.c.code,
        "branch_name": Branch.__table__.c.name,
        "industry": Branch.__table__.c.industry,
        "leader": Branch.__table__.c.leader,
        "officer_code": Officer.__table__.c.code,
        "officer_name": Officer.__table__.c.name,
    }
    longest = {name: "x" * column.type.length for name, column in columns.items()}
    assert read_registry(saved(path, sheet_of(CITY, FULL | longest))).rejected == ()
    sheet = read_registry(saved(path, sheet_of(CITY, FULL | {name: text + "x" for name, text in longest.items()})))
    assert {cell.column for cell in sheet.rejected} == set(columns)


CELLS = st.sampled_from(
    ["", "0", "1", "2", "3", "-1", "甲", "city", "county", "club", "\x07", "a/b", "x", "log://", " "]
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=18), min_size=1, max_size=12))
def test_no_line_is_lost_and_what_comes_in_holds_together(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]]
) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([[*Column], *lines, ["9", "末"]])
    sheet = read_registry(saved(tmp_path_factory.getbasetemp() / "drawn.csv", text.getvalue()), known_units={"1"})
    told = {place for place, cells in enumerate(lines, 2) if any(map(str.strip, cells))}
    branches = list(sheet.branches)
    units = {unit.code for unit in sheet.units} | {"1"}
    alone = {
        place for place, cells in enumerate(lines, 2) if cells[0].strip() in units and not "".join(cells[4:5]).strip()
    }
    assert told <= {row.place for row in branches} | {cell.line for cell in sheet.rejected} | alone
    assert {unit.parent for unit in sheet.units if unit.parent} | {row.unit for row in branches} <= units
    assert all(unit.name and unit.level for unit in sheet.units if unit.code != "1")
    assert len({row.code for row in branches}) == len(branches)
