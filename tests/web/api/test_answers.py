"""Workbooks of answers over the API: taken away, filled in offline, looked at and taken."""

from pathlib import Path

import httpx
import pytest
from openpyxl import load_workbook

from actions.complete import complete
from models.assignment import Assignment
from tests.dumps import Dump, dump
from tests.factories import answer
from tests.records import every
from tests.web.api.programs import a_program
from tests.web.sites import Site
from tests.workbooks import YES, fill

ANSWERS = "/campaigns/trial/answers"
SURVEY = "mobilization/survey"


def taken_away(program: httpx.Client, file: Path, **of: str) -> Path:
    answered = program.get(f"{ANSWERS}/workbook", params=of)
    assert answered.status_code == 200, answered.text
    file.write_bytes(answered.content)
    return file


def changed_since(before: Dump, site: Site) -> set[str]:
    """The tables in which anything is not as it was."""
    after = dump(site.house.engine)
    return {table for table in after if after[table] != before[table]}


@pytest.mark.parametrize(
    ("login", "of", "branches"),
    [
        ("officer", {}, {"U1-1"}),
        ("group", {}, {"U1-1", "U1-2", "U1-3"}),
        ("coordinator", {"officer": "OU2-2"}, {"U2-2"}),
        ("coordinator", {"unit": "第1区"}, {"U1-1", "U1-2", "U1-3"}),
    ],
)
def test_a_workbook_has_the_work_that_was_asked_for(
    site: Site, tmp_path: Path, login: str, of: dict[str, str], branches: set[str]
) -> None:
    with a_program(site, login) as program:
        file = taken_away(program, tmp_path / "form.xlsx", **of)
    sheets = load_workbook(file).worksheets[1:]
    there = {sheet.cell(row, 2).value for sheet in sheets for row in range(5, sheet.max_row + 1)}
    assert there == branches


def test_a_workbook_is_looked_at_and_taken_once(site: Site, tmp_path: Path) -> None:
    with a_program(site, "officer") as program:
        file = taken_away(program, tmp_path / "form.xlsx")
        data = fill(file, {("U1-1", SURVEY): {"done": YES, "members": 12}}).read_bytes()
        before = dump(site.house.engine)
        looked = program.post(f"{ANSWERS}/check", content=data).json()
        assert looked["done"] == [{"branch": "U1-1", "stage": "mobilization", "task": "survey"}]
        assert changed_since(before, site) <= {"token"}, "nothing is written by looking"
        key = {"Idempotency-Key": "one"}
        taken, again = (program.post(ANSWERS, content=data, headers=key) for _ in range(2))
        assert (taken.status_code, taken.json()) == (200, looked)
        assert (again.json(), again.headers["Idempotency-Replayed"]) == (looked, "true")
        later = program.post(ANSWERS, content=data).json()
        assert (later["done"], later["unchanged"]) == ([], 1)
    assert [each.done_by for each in every(site.house, Assignment) if each.done_at] == ["officer"]


def test_what_is_not_taken_is_named_with_its_cell(site: Site, tmp_path: Path) -> None:
    with a_program(site, "group") as program:
        file = taken_away(program, tmp_path / "form.xlsx")
        complete(site.house, "trial", [answer("U1-1", "survey")])
        said = {("U1-1", SURVEY): {"done": YES, "members": 99}, ("U1-2", SURVEY): {"done": YES, "members": "many"}}
        taken = program.post(ANSWERS, content=fill(file, said).read_bytes()).json()
    (conflict,), (held_back, kept) = taken["conflicts"], taken["kept"]
    assert (conflict["branch"], conflict["status"], conflict["changed_by"]) == ("U1-1", "done", "OU1-1")
    assert [(cell["cell"], cell["value"]) for cell in conflict["cells"]] == [("H5", "99")]
    assert (kept["cell"], kept["value"], kept["why"]) == ("H7", "many", "is not a number")
    assert (held_back["cell"], taken["done"]) == ("G7", [])


@pytest.mark.parametrize("path", [ANSWERS, f"{ANSWERS}/check"])
@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        (b"", 422, "the body is empty"),
        (b"PK\x03\x04" + bytes(40), 422, "answers.xlsx"),
        (b"x" * (3 * 1024 * 1024 + 1), 422, "larger than 3 MiB"),
        (b"x" * (4 * 1024 * 1024 + 1), 413, "a workbook 3 MB"),
    ],
    ids=["empty", "no workbook", "too large", "far too large"],
)
def test_what_is_no_workbook_is_refused(site: Site, path: str, data: bytes, status: int, said: str) -> None:
    with a_program(site, "officer") as program:
        before = dump(site.house.engine)
        refused = program.post(path, content=data)
    assert (refused.status_code, said in refused.json()["detail"]) == (status, True), refused.text
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert changed_since(before, site) <= {"token"}, "that it was used is noted"


@pytest.mark.parametrize(
    ("login", "of", "status", "said"),
    [
        ("county", {"unit": "U2"}, 404, "unit U2"),
        ("officer", {"officer": "OU2-1"}, 404, "officer OU2-1"),
        ("coordinator", {"unit": "U1", "officer": "OU1-1"}, 422, "not both"),
        ("viewer", {}, 403, "more than this token"),
    ],
)
def test_what_is_not_for_a_token_is_not_handed_out(
    site: Site, login: str, of: dict[str, str], status: int, said: str
) -> None:
    with a_program(site, login) as program:
        refused = program.get(f"{ANSWERS}/workbook", params=of)
    assert (refused.status_code, said in refused.json()["detail"]) == (status, True), refused.text
