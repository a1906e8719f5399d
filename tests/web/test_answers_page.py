"""A workbook of answers on a page: taken away, looked at when it comes back, and written at a second click."""

from pathlib import Path

import httpx
import pytest
from openpyxl import load_workbook

from actions.complete import Answer, complete
from models.assignment import Assignment
from tests.dumps import dump
from tests.factories import at
from tests.records import every
from tests.web.forms import SCRIPT, send
from tests.web.sites import Site, form_of
from tests.workbooks import YES, fill

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
PAGE = "/campaigns/trial/answers"
SURVEY = "mobilization/survey"


def taken_away(browser: httpx.Client, file: Path, unit: str = "") -> Path:
    answer = browser.get(f"{PAGE}.xlsx", params={"unit": unit})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''answers-trial-")
    file.write_bytes(answer.content)
    return file


def check(browser: httpx.Client, data: bytes) -> httpx.Response:
    token = form_of(browser.get(PAGE).text)
    return browser.post(f"{PAGE}/check", data={"csrf": token}, files={"file": ("a.xlsx", data)})


def carried_in(page: str) -> str:
    return page.split('name="carried" value="')[1].split('"', maxsplit=1)[0]


@ONE
def test_a_workbook_is_looked_at_and_written_at_a_second_click(site: Site, tmp_path: Path) -> None:
    with site.browser("officer") as browser:
        file = taken_away(browser, tmp_path / "form.xlsx")
        sheet = load_workbook(file).worksheets[1]
        assert {sheet.cell(row, 2).value for row in range(5, sheet.max_row + 1)} == {"U1-1"}, "an officer's own"
        fill(file, {("U1-1", SURVEY): {"done": YES, "members": 12, "note": SCRIPT}})
        before = dump(site.house.engine)
        page = check(browser, file.read_bytes()).text
        assert "Write 1 answer" in page
        assert dump(site.house.engine) == before, "nothing is written before the second click"
        carried = carried_in(page)
        for words in ("1 answer is written", "0 answers are written"):
            answer = send(browser, PAGE, PAGE, carried=carried)
            assert words in answer.text
        assert "There is nothing new to write" in check(browser, file.read_bytes()).text
    (done,) = [each for each in every(site.house, Assignment) if each.done_at]
    assert (done.done_by, done.note) == ("officer", SCRIPT)


@ONE
def test_conflicts_and_cells_that_are_not_taken_are_shown(site: Site, tmp_path: Path) -> None:
    with site.browser("group") as browser:
        file = taken_away(browser, tmp_path / "form.xlsx", "U1")
        fill(
            file,
            {
                ("U1-1", SURVEY): {"done": YES, "members": 12},
                ("U1-2", SURVEY): {"done": YES, "members": SCRIPT},
                ("U1-3", SURVEY): {"done": YES, "members": 7},
            },
        )
        complete(site.house, "trial", [Answer("U1-1", "survey", at("2009-09-15 09:00"), "zhao", {"members": 15})])
        page = check(browser, file.read_bytes()).text
        for words in ("Write 1 answer", "zhao", "stands: <strong>15</strong>", "on the sheet: <strong>12</strong>"):
            assert words in page
        assert "is not a number" in page
        assert SCRIPT not in page
        written = send(browser, PAGE, PAGE, carried=carried_in(page)).text
    assert "1 answer is written" in written
    assert "Changed meanwhile" in written, "what was not taken is shown once more"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "choose a workbook first"),
        (b"PK\x03\x04 and no more", "answers.xlsx: "),
        (b"PK\x03\x04" + b"\0" * 600 * 1024, "larger than 500 KiB"),
    ],
)
def test_a_file_that_cannot_be_read_is_said(untouched: Site, data: bytes, why: str) -> None:
    with untouched.browser("coordinator") as browser:
        answer = check(browser, data)
    assert answer.status_code == 422
    assert why in answer.text


@pytest.mark.parametrize("carried", ["", "x", "gAAAAABk"])
def test_what_was_not_sealed_here_is_not_written(untouched: Site, carried: str) -> None:
    with untouched.browser("coordinator") as browser:
        assert send(browser, PAGE, PAGE, carried=carried).status_code == 409


@ONE
def test_nobody_answers_outside_their_scope(site: Site, tmp_path: Path) -> None:
    with site.browser("coordinator") as browser:
        file = taken_away(browser, tmp_path / "form.xlsx")
    fill(file, {("U2-1", SURVEY): {"done": YES, "members": 12}})
    with site.browser("county") as browser:
        page = check(browser, file.read_bytes()).text
        assert "branch U2-1: not in the registry" in page
        assert "There is nothing new to write" in page
        assert browser.get(f"{PAGE}.xlsx", params={"unit": "U2"}).status_code == 404
