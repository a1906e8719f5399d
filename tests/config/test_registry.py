"""Reading a registry: what comes in, however it was saved, and which files are refused as a whole."""

import csv
import io
import random
from pathlib import Path

import pytest

from config.errors import Refusal
from config.registry import BranchRow, Column, UnitRow, read_registry
from config.registry.columns import MANDATORY
from config.vocabulary import BranchKind, BranchStatus, UnitLevel
from tests.registries import BRANCH, CITY, COUNTY, FULL, saved, sheet_of, told


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "registry.csv"


def test_a_full_row_gives_its_unit_and_its_branch(path: Path) -> None:
    units, branches, _ = told(read_registry(saved(path, sheet_of(CITY, FULL))))
    assert units == (
        UnitRow(2, "130600", "保定市", None, UnitLevel.CITY),
        UnitRow(3, "130683", "安国市", "130600", UnitLevel.COUNTY),
    )
    assert branches == (
        BranchRow(
            place=3,
            unit="130683",
            code="130683-001",
            name="澜禾药业",
            members=14,
            employees=220,
            kind=BranchKind.JOINT_BRANCH,
            status=BranchStatus.PREPARING,
            industry="医药",
            grade="good",
            leader="联系领导",
            phone="+86 312 555-0101",
            officer_code="L1",
            officer_name="联络员",
            channel="folder://L1",
        ),
    )


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("澜禾\n药业", "澜禾药业"),
        ("澜禾 \r\n 药业\n", "澜禾药业"),
        ("澜禾（集团）\n公司", "澜禾（集团）公司"),
        ("Lanhe\nPharma", "Lanhe Pharma"),
        ("澜禾\nA厂", "澜禾 A厂"),
        ("澜\n禾\n\n药业", "澜禾药业"),
    ],
)
def test_lines_of_a_cell_are_one_name(path: Path, written: str, name: str) -> None:
    line = FULL | {"unit_name": written, "branch_name": written, "industry": written}
    units, (branch,), _ = told(read_registry(saved(path, sheet_of(CITY, line))))
    assert (units[1].name, branch.name, branch.industry) == (name, name, name)


def test_lines_of_a_cell_may_be_two_people(path: Path) -> None:
    line = FULL | {"leader": "张三\n李四", "officer_name": "王\n五"}
    (branch,) = read_registry(saved(path, sheet_of(CITY, line))).branches
    assert (branch.leader, branch.officer_name) == ("张三 李四", "王 五")


def test_what_is_not_said_is_left_open(path: Path) -> None:
    text = sheet_of(CITY, BRANCH, columns=tuple(Column)[:8])
    (branch,) = read_registry(saved(path, text)).branches
    assert branch[:8] == (3, "130683", "130683-001", "澜禾药业", 14, 220, None, None)
    assert branch[8:] == (None,) * 8


PLAIN = sheet_of(CITY, COUNTY, FULL, BRANCH | {"branch_code": "130683-002", "branch_name": "岫川中药材"})


def reordered(text: str) -> str:
    rows = list(csv.reader(io.StringIO(text)))
    order = random.Random(7).sample(range(len(rows[0])), len(rows[0]))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([row[place] for place in order] for row in rows)
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param(PLAIN, "utf-8-sig", id="utf8-with-mark"),
        pytest.param(PLAIN, "gb18030", id="gb18030"),
        pytest.param(PLAIN, "utf-16", id="utf16-with-mark"),
        pytest.param(PLAIN, "utf-16-le", id="utf16-without-mark"),
        pytest.param(PLAIN, "utf-16-be", id="utf16-be-without-mark"),
        pytest.param(PLAIN.replace(",", "\t"), "utf-16", id="unicode-text-of-excel"),
        pytest.param(PLAIN.replace(",", ";"), "utf-8", id="semicolons"),
        pytest.param("\ufeff" + PLAIN, "gb18030", id="gb18030-with-mark"),
        pytest.param(PLAIN.replace("\n", "\r\n"), "gb18030", id="crlf"),
        pytest.param(PLAIN.replace("\n", "\r"), "utf-8", id="cr"),
        pytest.param(PLAIN + "\n \n,,,\n" + "," * 15 + "\n", "utf-8", id="trailing-blank-lines"),
        pytest.param(PLAIN.removesuffix("\n"), "utf-8", id="no-last-line-break"),
        pytest.param(reordered(PLAIN), "utf-8", id="columns-in-any-order"),
        pytest.param(PLAIN.replace("\n", ",,\n"), "utf-8", id="nameless-empty-columns"),
        pytest.param(PLAIN.replace("unit_code", " Unit_Code "), "utf-8", id="header-with-capitals-and-spaces"),
        pytest.param(PLAIN.replace(",14,", ",\uff11\uff14,"), "utf-8", id="full-width-digits"),
        pytest.param(PLAIN.replace(",14,", ", 14\u3000,"), "utf-8", id="spaces-around-a-count"),
        pytest.param(PLAIN.replace("澜禾药业", '"澜禾药业"'), "utf-8", id="quotes"),
        pytest.param(PLAIN.replace("county", "County"), "utf-8", id="level-with-a-capital"),
    ],
)
def test_the_same_sheet_gives_the_same_rows_however_it_was_saved(path: Path, text: str, encoding: str) -> None:
    usual = told(read_registry(saved(path, PLAIN)))
    assert [len(part) for part in usual] == [2, 2, 0]
    assert told(read_registry(saved(path, text, encoding))) == usual


def test_quoted_commas_and_quotes_belong_to_the_name(path: Path) -> None:
    name = '砚屿、"川帆", 联合'
    (branch,) = read_registry(saved(path, sheet_of(CITY, BRANCH | {"branch_name": name}))).branches
    assert branch.name == name


def test_an_officer_may_answer_for_several_branches_and_be_named_once(path: Path) -> None:
    second = FULL | {"branch_code": "b2", "officer_name": "", "channel": ""}
    sheet = read_registry(saved(path, sheet_of(CITY, FULL, second)))
    assert sheet.rejected == ()
    assert [branch.officer_code for branch in sheet.branches] == ["L1", "L1"]


def test_units_may_come_in_any_order_and_be_named_on_any_of_their_rows(path: Path) -> None:
    bare = BRANCH | {"unit_name": "", "parent_code": "", "level": ""}
    sheet = read_registry(saved(path, sheet_of(bare, COUNTY, CITY)))
    assert sheet.rejected == ()
    assert sheet.units[0] == UnitRow(2, "130683", "安国市", "130600", UnitLevel.COUNTY)


def test_a_unit_known_before_need_not_be_told_again_and_keeps_what_is_not_told(path: Path) -> None:
    bare = BRANCH | {"unit_name": "", "parent_code": "", "level": ""}
    sheet = read_registry(saved(path, sheet_of(bare)), known_units={"130683"})
    assert sheet.rejected == ()
    assert sheet.units == (UnitRow(2, "130683", None, None, None),)


def test_a_parent_known_before_need_not_be_in_the_file(path: Path) -> None:
    assert read_registry(saved(path, sheet_of(COUNTY)), known_units=["130600"]).rejected == ()


def test_a_new_unit_without_a_level_is_a_county(path: Path) -> None:
    assert read_registry(saved(path, sheet_of(CITY, COUNTY | {"level": ""}))).units[1].level is UnitLevel.COUNTY


def test_a_unit_row_may_carry_counts_of_nought(path: Path) -> None:
    sheet = read_registry(saved(path, sheet_of(CITY | {"members": "0", "employees": "0", "kind": "branch"})))
    assert (sheet.rejected, len(sheet.units), len(sheet.branches)) == ((), 1, 0)


def test_a_row_may_end_early(path: Path) -> None:
    text = ",".join(Column) + "\n130600,保定市,,city\n"
    assert read_registry(saved(path, text)).units == (UnitRow(2, "130600", "保定市", None, UnitLevel.CITY),)


def test_lines_are_counted_as_an_editor_counts_them(path: Path) -> None:
    text = sheet_of(CITY | {"unit_name": "保定\n市"}, CITY, CITY | {"level": "?"})
    assert [cell.line for cell in read_registry(saved(path, text)).rejected] == [5]


HEADER = ",".join(MANDATORY)
ROW = "\n130600,1,保定市,3,9\n"


BAD_FILES = {
    "empty": (b"", None, "is empty"),
    "blank": ("\ufeff \r\n\r\n".encode(), None, "is empty"),
    "header-alone": (HEADER.encode(), 1, "has a header and no rows below it"),
    "missing-column": ((HEADER + ROW).replace("members,", "").encode(), 1, "missing column members"),
    "no-header": (("a\tb\n" + "1\t2").encode(), None, "has no table in it: no row names the columns unit_code, "),
    "web-page": (b"<html><table><tr><td>unit_code</td></tr></table>", None, "is a web page under another name"),
    "unknown-column": (
        ("\n" + HEADER.replace("members", "colour") + ROW).encode(),
        2,
        "missing column members (党员数, 党员人数, 党员总数); unknown column colour",
    ),
    "column-twice": ((HEADER + ",kind,组织类型" + ROW).encode(), 1, "column given twice: kind"),
    "utf32": ((HEADER + ROW).encode("utf-32"), None, "is in UTF-32"),
    "utf16-cut": ((HEADER + ROW).encode("utf-16")[:-1], None, "is cut off: its UTF-16 ends within a character"),
    "no-zip": (b"PK\x03\x04" + bytes(range(256)), None, "is damaged: it is a zip that does not end as one"),
    "bytes": (bytes(range(0x80, 0x100)) * 2, 1, "byte 0x80 is not text in UTF-8 or GB18030"),
    "cut-in-a-character": ((HEADER + ROW * 9).encode() + b"\n" + "定".encode()[:2], 20, "byte 0xe5 is not UTF-8"),
    "open-quote": ((HEADER + '\n1,"乙').encode(), 2, "the quotes or commas of this line do not fit"),
    "text-after-a-quote": ((HEADER + '\n1,"乙"丙,').encode(), 2, "the quotes or commas of this line"),
}


@pytest.mark.parametrize(("data", "line", "message"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(
    path: Path, data: bytes, line: int | None, message: str
) -> None:
    path.write_bytes(data)
    with pytest.raises(Refusal) as refusal:
        read_registry(path)
    assert str(refusal.value).startswith(f"{path}:{line}: {message}" if line else f"{path}: {message}")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refusal, match="cannot be read"):
        read_registry(tmp_path / name)
