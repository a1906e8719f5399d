"""`rollcall export`: lists as files."""

from pathlib import Path

import pytest

from config.vocabulary import FileFormat, LedgerCode, ListCode
from tests.cli.terminal import Rollcall

TRIAL = ("--campaign", "trial", "--at", "2009-09-22T09:00+08:00")


@pytest.mark.parametrize("written_as", list(FileFormat))
def test_every_list_is_written_in_every_format(
    rollcall: Rollcall, at_work: Path, tmp_path: Path, written_as: FileFormat
) -> None:
    for what in (*ListCode, *LedgerCode):
        file = tmp_path / f"{what}.{written_as}"
        answered = rollcall("export", what, *TRIAL, "--out", file)
        assert (answered.status, answered.err) == (0, ""), what
        assert file.stat().st_size > 0


def test_a_list_is_written_for_a_unit_in_a_language(rollcall: Rollcall, at_work: Path, tmp_path: Path) -> None:
    file = tmp_path / "late.csv"
    wanted = ("--unit", "第1区", "--language", "en", "--out", file)
    assert rollcall("export", "overdue", *TRIAL, *wanted).out == f"{file}: 3 rows\n"
    header, first, *_ = file.read_text(encoding="utf-8").splitlines()
    assert header.startswith("Unit code,Unit,Branch code,Branch,Stage code,Stage,Task code,Task,Last day,Days late")
    assert first.startswith("U1,第1区,U1-1,企业U1-1支部,mobilization,Mobilization,survey,Survey,2009-09-14,8")
    assert rollcall("export", "overdue", *TRIAL, *wanted, "--force", "--bom").status == 0
    assert file.read_bytes().startswith("\ufeffUnit code".encode())


@pytest.mark.parametrize(
    ("arguments", "status", "complaint"),
    [
        (("nosuch", *TRIAL, "--out", "x.csv"), 2, '"nosuch" is none of registry, progress, overdue'),
        (("overdue", *TRIAL, "--out", "x.doc"), 2, '".doc" says no format; add --format with one of xlsx, csv'),
        (("overdue", "--campaign", "other", "--out", "x.csv"), 1, "campaign other: not launched here"),
        (("overdue", *TRIAL, "--unit", "U9", "--out", "x.csv"), 1, "unit U9: not in the registry"),
    ],
)
def test_what_cannot_be_written_is_said_in_one_line(
    rollcall: Rollcall,
    at_work: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    status: int,
    complaint: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = rollcall("export", *arguments)
    assert refused.status == status
    assert complaint in refused.complaint
    assert not list(tmp_path.glob("*.csv"))
