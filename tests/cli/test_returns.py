"""`rollcall return`: from the answers of branches to the return of the city."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.database import connect
from tests.cli.terminal import Rollcall
from tests.databases import Databases
from tests.returns.houses import a_house_with_returns, answer_quarter

FIRST = ("--campaign", "returns", "--stage", "q1")
NOW = ("--at", "2027-04-20T10:00+08:00", "--by", "王敏")


@pytest.fixture
def home_with_returns(databases: Databases, home: Path, key: str) -> Iterator[Path]:
    """The test's home, with a first quarter that U1 has answered, and U2-1 of U2."""
    home.mkdir()
    with databases.fresh("sqlite", home) as url:
        engine = connect(url)
        house = a_house_with_returns(engine, home)
        for branch in ("U1-1", "U1-2", "U2-1"):
            answer_quarter(house, branch, (1, 2, 0), trained=10, dues="0.35")
        engine.dispose()
        yield home


def test_a_quarter_is_passed_on_corrected_and_passed_on_again(rollcall: Rollcall, home_with_returns: Path) -> None:
    passed = rollcall("return", "pass-on", *FIRST, "--unit", "U1", *NOW, "--json").json
    figures = {"organisations": 6, "committees": 2, "branches": 4, "joint": 0, "trained": 20, "dues": 0.7}
    assert passed == {"stage": "q1", "unit": "U1", "version": 1, "new": True, "figures": figures}
    assert rollcall("return", "pass-on", *FIRST, "--unit", "U1").out == (
        "U1 q1: version 1 stands already; nothing was changed\n"
    )
    wrong = ("--branch", "U1-1", "--task", "training", "--figures", "trained=9", "--reason", "counted twice")
    assert rollcall("return", "correct", *FIRST, *wrong, *NOW).out == "to be passed on again by: U1\n"
    assert rollcall("return", "pass-on", *FIRST, "--unit", "U1", *NOW).out == "U1 q1: passed on, version 2\n"
    shown = rollcall("return", "show", *FIRST, "--unit", "U1", "--json").json
    assert shown["figures"] == {**figures, "trained": 19}
    assert [(each["version"], each["reason"], each["figures"]["trained"]) for each in shown["versions"]] == [
        (1, None, 20),
        (2, "counted twice", 19),
    ]
    assert rollcall("return", "show", *FIRST, "--unit", "U1", "--version", "1", "--json").json["figures"] == figures


@pytest.mark.usefixtures("in_chinese")
def test_whoever_is_missing_is_shown(rollcall: Rollcall, home_with_returns: Path) -> None:
    complaint = rollcall("return", "pass-on", *FIRST, "--unit", "U2").complaint
    assert complaint == (
        "第2区：q1 缺报 2 项：企业U2-2支部 (organisation), 企业U2-2支部 (training)；"
        "请等待补报，或用 --incomplete 和 --reason 先行上报"
    )
    shown = rollcall("return", "show", *FIRST, "--unit", "U2").out
    assert all(words in shown for words in ("企业U2-2支部", "2027-01-01", "党组织", "人次"))
    lines = rollcall("return", "list", *FIRST, "--json").json
    assert [(line["unit"], line["status"], line["missing"]) for line in lines] == [
        ("R", "open", 0),
        ("U1", "open", 0),
        ("U2", "open", 2),
    ]
    assert "未上报" in rollcall("return", "list", *FIRST, "--unit", "U2").out


def test_a_return_goes_on_incomplete_and_is_opened_again(rollcall: Rollcall, home_with_returns: Path) -> None:
    late = ("--incomplete", "--reason", "flooded")
    assert rollcall("return", "pass-on", *FIRST, "--unit", "U2", *late, *NOW).status == 0
    answer = ("--campaign", "returns", "--branch", "U2-2", "--task", "q1/training", "--figures", "trained=1")
    assert "第2区 passed q1 on, on 2027-04-20 by 王敏" in rollcall("task", "done", *answer, *NOW).complaint
    assert rollcall("return", "correct", *FIRST, "--unit", "U2", "--reason", "one more", *NOW).status == 0
    assert rollcall("task", "done", *answer, *NOW).status == 0


@pytest.mark.parametrize(
    "what",
    [(), ("--branch", "U1-1"), ("--task", "training"), ("--unit", "U1", "--branch", "U1-1", "--task", "training"),
     ("--unit", "U1", "--figures", "trained=1")],
)  # fmt: skip
def test_a_correction_that_says_too_little_or_too_much_is_a_bad_call(
    rollcall: Rollcall, home_with_returns: Path, what: tuple[str, ...]
) -> None:
    answered = rollcall("return", "correct", *FIRST, "--reason", "why", *what)
    assert (answered.status, "say what to correct" in answered.err) == (2, True)


@pytest.mark.parametrize("written", [("return.docx", "return.xlsx"), ("return.xlsx",)], ids="-".join)
def test_a_return_is_written_with_its_workbook(
    rollcall: Rollcall, home_with_returns: Path, tmp_path: Path, written: tuple[str, ...]
) -> None:
    files = [tmp_path / name for name in written]
    answered = rollcall("report", "return", *FIRST, "--unit", "U1", "--out", files[0])
    assert answered.out == "".join(f"written: {file}\n" for file in files)
    assert all(file.read_bytes().startswith(b"PK") for file in files)
    wrong = rollcall("report", "return", *FIRST, "--unit", "U1", "--out", tmp_path / "return.pdf")
    assert "must end with .docx or .xlsx" in wrong.complaint


def test_every_figure_that_cannot_be_taken_is_named(rollcall: Rollcall, home_with_returns: Path) -> None:
    work = ("--campaign", "returns", "--branch", "U2-2", "--task", "q1/organisation", "--at", "2027-04-05T10:00+08:00")
    complaint = rollcall("task", "done", *work, "--figures", "committees=-1,branches=1.5,joint=0").complaint
    assert complaint == (
        "U2-2 q1/organisation: organisations: is missing; committees: -1 is under the least allowed, 0;"
        " branches: 1.5 is not a whole number; give each as CODE=NUMBER"
    )
