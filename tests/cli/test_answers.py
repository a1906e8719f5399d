"""`rollcall answers`: a workbook goes out, is filled in, and comes back."""

from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from typing import IO
from zipfile import ZipFile

import pytest

from config.sheets import Source
from config.vocabulary import Language
from sheets.answers.filled import read_form
from sheets.answers.form import AnswerForm
from sheets.answers.workbook import write_form
from tests.cli.terminal import Rollcall, count, dump_of
from tests.workbooks import YES, fill

OUT = ("answers", "export", "--campaign", "trial", "--unit", "U1", "--at", "2009-09-14T09:00+08:00")
BACK = ("--at", "2009-09-15T09:00+08:00", "--by", "li")
SURVEY = "mobilization/survey"


def test_a_workbook_goes_out_and_comes_back(rollcall: Rollcall, at_work: Path, tmp_path: Path) -> None:
    file = tmp_path / "u1.xlsx"
    out = rollcall(*OUT, "--out", file)
    assert (out.status, out.out) == (0, f"{file}: 6 tasks of branches on 1 sheets\n")
    fill(file, {("U1-1", SURVEY): {"done": YES, "members": 12}, ("U1-2", SURVEY): {"done": YES, "members": 9}})
    before = dump_of(at_work)
    tried = rollcall("answers", "import", file, *BACK, "--dry-run")
    assert tried.out.startswith("2 answers would be written, 0 stand already, 4 rows blank, 0 in conflict")
    assert dump_of(at_work) == before
    taken = rollcall("answers", "import", file, *BACK)
    assert (taken.status, taken.err) == (0, "")
    assert taken.out == "2 answers written, 0 stand already, 4 rows blank, 0 in conflict, 0 cells not taken\n"
    assert count(at_work, "SELECT count(*) FROM assignment WHERE done_by = 'li'") == 2
    again = rollcall("answers", "import", file, *BACK)
    assert again.out.startswith("0 answers written, 2 stand already")


def test_what_was_not_taken_is_said_line_by_line_and_in_the_status(
    rollcall: Rollcall, at_work: Path, tmp_path: Path
) -> None:
    file = tmp_path / "u1.xlsx"
    rollcall(*OUT, "--out", file)
    fill(file, {("U1-1", SURVEY): {"done": YES, "members": 12}, ("U1-2", SURVEY): {"done": YES, "members": "many"}})
    named = ("--campaign", "trial", "--branch", "U1-1", "--task", "survey", "members=15")
    rollcall("task", "done", *named, "--at", "2009-09-14T10:00+08:00", "--by", "zhao")
    taken = rollcall("answers", "import", file, *BACK)
    assert taken.status == 1
    stood = "U1-1 mobilization/survey is done by zhao since 2009-09-14T02:00Z"
    assert taken.err.splitlines() == [
        f'{file}: Mobilization!H5: members: "12": {stood}, where "15" stands',
        f'{file}: Mobilization!G7: Done?: "{YES}": was held back, because another cell of its row was not taken',
        f'{file}: Mobilization!H7: members: "many": is not a number',
    ]
    shape = rollcall("answers", "import", file, *BACK, "--json").json
    assert list(shape) == ["campaign", "dry_run", "done", "unchanged", "blank", "moved", "conflicts", "not_taken"]
    (conflict,) = shape["conflicts"]
    assert (conflict["branch"], conflict["by"], conflict["at"]) == ("U1-1", "zhao", "2009-09-14T02:00:00Z")
    assert conflict["cells"] == [{"row": 5, "column": "H", "title": "members", "value": "12", "stands": "15"}]
    assert shape["not_taken"][1] == {
        "sheet": "Mobilization",
        "row": 7,
        "column": "H",
        "title": "members",
        "value": "many",
        "reason": "is not a number",
    }


def test_a_workbook_that_is_there_is_not_written_over(rollcall: Rollcall, at_work: Path, tmp_path: Path) -> None:
    file = tmp_path / "u1.xlsx"
    file.write_bytes(b"filled in already")
    refused = rollcall(*OUT, "--out", file)
    assert (refused.status, refused.complaint) == (1, f"{file}: is there already; choose another name, or add --force")
    assert file.read_bytes() == b"filled in already"
    assert rollcall(*OUT, "--out", file, "--force").status == 0
    assert [each.name for each in tmp_path.glob("*.xlsx")] == ["u1.xlsx"]


def test_what_cannot_be_read_or_written_is_said_in_one_line(rollcall: Rollcall, at_work: Path, tmp_path: Path) -> None:
    broken, absent = tmp_path / "broken.xlsx", tmp_path / "nosuch.xlsx"
    broken.write_bytes(b"PK\x03\x04 and no more")
    for file in (broken, absent):
        refused = rollcall("answers", "import", file)
        assert (refused.status, refused.complaint.startswith(f"{file}: ")) == (1, True)
    assert "cannot be written" in rollcall(*OUT, "--out", tmp_path / "nowhere" / "u1.xlsx").complaint
    both = (*OUT, "--officer", "OU1-1", "--out", tmp_path / "x.xlsx")
    assert "a unit or for an officer" in rollcall(*both).complaint
    assert not (tmp_path / "x.xlsx").exists()


def tasks_in(file: Path | IO[bytes]) -> set[tuple[str, str]]:
    """The branches and tasks of a workbook."""
    form = read_form(Source("x.xlsx", data=file.read_bytes() if isinstance(file, Path) else file.read()))
    return {(row.branch, row.task) for row in form.rows}


@pytest.mark.parametrize(
    ("each", "names"),
    [
        ("unit", ["第1区 (U1)", "第2区 (U2)"]),
        ("officer", [f"联络员OU{unit}-{branch} (OU{unit}-{branch})" for unit in (1, 2) for branch in (1, 2, 3)]),
    ],
)
def test_a_workbook_for_each_has_every_branch_once(
    rollcall: Rollcall, at_work: Path, tmp_path: Path, each: str, names: list[str]
) -> None:
    folder, archive, whole = tmp_path / "out", tmp_path / "out.zip", tmp_path / "whole.xlsx"
    asked = ("answers", "export", "--campaign", "trial", "--at", "2009-09-14T09:00+08:00")
    rollcall(*asked, "--out", whole)
    made = rollcall(*asked, "--each", each, "--out", folder)
    assert (made.status, made.out) == (0, f"{folder}: {len(names)} workbooks with 12 tasks of branches\n")
    files = sorted(folder.iterdir())
    assert [file.name for file in files] == [f"{name}.xlsx" for name in names]
    found = [task for file in files for task in tasks_in(file)]
    assert len(found) == len(set(found))
    assert set(found) == tasks_in(whole)
    assert rollcall(*asked, "--each", each, "--out", archive).status == 0
    with ZipFile(archive) as packed:
        assert sorted(packed.namelist()) == [file.name for file in files]
        assert [task for file in files for task in tasks_in(packed.open(file.name))] == found


def test_branches_that_nobody_answers_for_have_a_workbook_too(
    rollcall: Rollcall, at_work: Path, tmp_path: Path
) -> None:
    with closing(connect(at_work / "rollcall.db")) as database, database:
        database.execute("UPDATE branch SET officer_id = NULL WHERE code = 'U1-2'")
    asked = (*OUT, "--each", "officer", "--language", "en")
    assert rollcall(*asked, "--out", tmp_path / "out").status == 0
    assert tasks_in(tmp_path / "out" / "Branches without a liaison officer.xlsx") == {
        ("U1-2", SURVEY),
        ("U1-2", "mobilization/training"),
    }
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_a_folder_is_whole_or_not_there(
    rollcall: Rollcall, at_work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "filled in.xlsx").write_bytes(b"answers")
    asked = (*OUT, "--each", "officer", "--out", folder)
    for force in ((), ("--force",)):
        assert rollcall(*asked, *force).complaint == f"{folder}: is there already; choose another name"
    assert [file.name for file in folder.iterdir()] == ["filled in.xlsx"]
    (folder / "filled in.xlsx").unlink()
    written: list[str] = []

    def full(form: AnswerForm, out: IO[bytes], language: Language) -> int:
        written.append(form.about_in(language))
        if len(written) > 1:
            raise OSError(28, "No space left on device")
        return write_form(form, out, language)

    with monkeypatch.context() as patched:
        patched.setattr("sheets.answers.bundle.write_form", full)
        assert rollcall(*asked).status == 1
    assert len(written) == 2
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["out"]
    assert list(folder.iterdir()) == []
    assert rollcall(*asked).status == 0, "an empty folder is taken"
    assert rollcall(*asked, "--officer", "OU1-1").status == 2
