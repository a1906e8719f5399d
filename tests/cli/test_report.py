"""`rollcall report`: files for the office."""

from pathlib import Path

import pytest

from tests.cli.terminal import Rollcall, count
from tests.reports.words import words_of

TRIAL = ("--campaign", "trial")
NOW = ("--at", "2009-09-15T10:00+08:00")
WEEK = ("--unit", "U1", "--since", "2009-09-14", "--until", "2009-09-15", "--issuer", "指导组")


def wrote(file: Path, written: str = "已写入：") -> str:
    """What is said of a document and of the workbook beside it."""
    return f"{written}{file}\n{written}{file.with_suffix('.xlsx')}\n"


def test_a_report_is_written_with_its_workbook_beside_it(rollcall: Rollcall, at_work: Path, tmp_path: Path) -> None:
    out = tmp_path / "总结.docx"
    answered = rollcall("report", "summary", *TRIAL, *NOW, "--out", out, "--language", "en")
    assert answered.out == wrote(out, "written: ")
    assert "Branches taking part|6" in words_of(out)
    assert {file.name for file in tmp_path.glob("*总结*")} == {"总结.docx", "总结.xlsx"}


def test_a_workbook_is_written_alone_and_over_another_only_by_force(
    rollcall: Rollcall, at_work: Path, tmp_path: Path
) -> None:
    out = tmp_path / "report.XLSX"
    out.write_text("another")
    asked = ("report", "summary", *TRIAL, *NOW, "--out", out, "--unit", "U1")
    assert "is there already" in rollcall(*asked).complaint
    assert out.read_text() == "another"
    assert rollcall(*asked, "--force").status == 0
    assert out.read_bytes().startswith(b"PK")
    assert not (tmp_path / "report.docx").exists()


@pytest.mark.usefixtures("in_chinese")
def test_a_bulletin_is_drafted_comes_out_and_is_written_again(
    rollcall: Rollcall, at_work: Path, tmp_path: Path
) -> None:
    draft, issue, again = (tmp_path / name for name in ("draft.docx", "issue.pdf", "again.docx"))
    assert rollcall("report", "bulletin", *TRIAL, *NOW, *WEEK, "--out", draft).out == wrote(draft)
    assert words_of(draft)[1] == "第1期（草稿）"
    assert count(at_work, "SELECT count(*) FROM bulletin") == 0
    answered = rollcall("report", "bulletin", *TRIAL, *NOW, *WEEK, "--headline", "开局", "--out", issue, "--issue")
    assert answered.out == f"第 1 期：已登记到简报台账\n{wrote(issue)}"
    assert issue.read_bytes().startswith(b"%PDF")
    assert rollcall("report", "issue", *TRIAL, "--unit", "U1", "--number", "1", "--out", again).status == 0
    assert words_of(again)[1:4] == ["第1期", "指导组\t2009年9月15日", "开局"]


REFUSED = {
    "an ending nobody knows": (("summary", "--out", "report.doc"), "must end with .docx or .xlsx"),
    "a bulletin as a workbook": (("bulletin", *WEEK, "--out", "issue.xlsx"), "must end with .docx or .pdf"),
    "a campaign that is not there": (
        ("summary", "--campaign", "audit", "--out", "a.docx"),
        "campaign audit: not launched",
    ),
    "a unit that is not there": (("summary", "--unit", "U9", "--out", "a.docx"), "unit U9: not in the registry"),
    "a template that is not there": (("summary", "--template", "x.docx", "--out", "a.docx"), "there is no such file"),
    "a folder that is not there": (("summary", "--out", "nowhere/a.docx"), "nowhere/a.docx: cannot be written"),
    "an issue that never came out": (
        ("issue", "--unit", "U1", "--number", "7", "--out", "a.pdf"),
        "unit U1: has no issue 7",
    ),
}


@pytest.mark.parametrize(("arguments", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_written_is_refused_in_one_line(
    rollcall: Rollcall,
    at_work: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    why: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    command, *more = arguments
    campaign = () if "--campaign" in more else TRIAL
    refused = rollcall("report", command, *campaign, *more, *NOW)
    assert refused.status in {1, 2}
    assert why in refused.complaint
    assert not [*tmp_path.glob("*a.docx*")]


def test_what_stands_beside_a_report_is_not_written_over(rollcall: Rollcall, at_work: Path, tmp_path: Path) -> None:
    beside = tmp_path / "总结.xlsx"
    beside.write_text("another")
    assert "is there already" in rollcall("report", "summary", *TRIAL, *NOW, "--out", tmp_path / "总结.docx").complaint
    assert (beside.read_text(), (tmp_path / "总结.docx").exists()) == ("another", False)


def test_no_issue_comes_out_that_cannot_be_written(rollcall: Rollcall, at_work: Path, tmp_path: Path) -> None:
    out = tmp_path / "简报.docx"
    out.write_text("another")
    assert "is there already" in rollcall("report", "bulletin", *TRIAL, *NOW, *WEEK, "--issue", "--out", out).complaint
    assert rollcall("ledger", "list", "bulletins", *TRIAL, "--json").json == []
