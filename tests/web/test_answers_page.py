"""A workbook of answers on a page: taken away, looked at when it comes back, and written at a second click."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest
from openpyxl import load_workbook

from actions.complete import Answer, complete
from actions.revoke_links import revoke_links
from config.sheets import MergedCell, Source, why_no_value
from models.assignment import Assignment
from sheets.answers.filled import FilledForm, read_form
from sheets.answers.packed import pack_form, unpack_form
from tests.dumps import dump
from tests.factories import at
from tests.records import every
from tests.web.answering import a_link
from tests.web.forms import SCRIPT, send
from tests.web.sites import NOW, Site, form_of
from tests.workbooks import YES, fill
from web.context import LANGUAGE_COOKIE

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
PAGE = "/campaigns/trial/answers"
SURVEY = "mobilization/survey"


def taken_away(browser: httpx.Client, file: Path, unit: str = "", root: str = "") -> Path:
    answer = browser.get(f"{root}{PAGE}.xlsx", params={"unit": unit})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''answers-trial-")
    file.write_bytes(answer.content)
    return file


def check(browser: httpx.Client, data: bytes, root: str = "") -> httpx.Response:
    fields = {} if root else {"csrf": form_of(browser.get(PAGE).text)}
    return browser.post(f"{root}{PAGE}/check", data=fields, files={"file": ("a.xlsx", data)})


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
        (b"PK\x03\x04" + b"\0" * 3 * 1024 * 1024, "larger than 3 MiB; take workbooks away for units below"),
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


@ONE
@pytest.mark.parametrize("branch", [None, "U1-1"], ids=["an officer's link", "a branch's link"])
def test_whoever_opened_a_link_fills_in_a_workbook_without_an_account(
    site: Site, tmp_path: Path, branch: str | None
) -> None:
    link = a_link(site, branch=branch)
    with site.browser() as browser:
        browser.cookies.set(LANGUAGE_COOKIE, "en", domain="127.0.0.1")
        assert f'href="{link}{PAGE}"' in browser.get(link).text
        page = browser.get(link + PAGE).text
        assert 'name="unit"' not in page
        assert 'name="csrf"' not in page
        file = taken_away(browser, tmp_path / "form.xlsx", root=link)
        assert {row.branch for row in read_form(Source.of_file(file)).rows} == {"U1-1"}
        fill(file, {("U1-1", SURVEY): {"done": YES, "members": 12}})
        looked_at = check(browser, file.read_bytes(), link).text
        assert "Write 1 answer" in looked_at
        written = browser.post(link + PAGE, data={"carried": carried_in(looked_at)})
        assert "1 answer is written" in written.text
    (done,) = [each for each in every(site.house, Assignment) if each.done_at]
    assert done.done_by == "link:OU1-1"


@ONE
def test_a_link_answers_for_nobody_else(site: Site, tmp_path: Path) -> None:
    with site.browser("coordinator") as browser:
        file = taken_away(browser, tmp_path / "form.xlsx")
    fill(file, {("U1-1", SURVEY): {"done": YES, "members": 12}, ("U1-2", SURVEY): {"done": YES, "members": 9}})
    link = a_link(site)
    with site.browser() as browser:
        browser.cookies.set(LANGUAGE_COOKIE, "en", domain="127.0.0.1")
        page = check(browser, file.read_bytes(), link).text
        assert "Write 1 answer" in page
        assert "branch U1-2: not in the registry" in page
        assert browser.get(f"{link}{PAGE}.xlsx", params={"unit": "U2"}).status_code == 404
        revoke_links(site.house, "OU1-1", actor="test", now=NOW)
        for address in (link + PAGE, f"{link}{PAGE}.xlsx", f"{link}{PAGE}.zip"):
            assert browser.get(address).status_code == 410
        assert check(browser, file.read_bytes(), link).status_code == 410
        assert browser.post(link + PAGE, data={"carried": carried_in(page)}).status_code == 410
    assert [each for each in every(site.house, Assignment) if each.done_at] == []


@pytest.mark.parametrize(
    ("login", "each", "names"),
    [
        ("coordinator", "unit", ["第1区 (U1).xlsx", "第2区 (U2).xlsx"]),
        ("county", "officer", [f"联络员OU1-{number} (OU1-{number}).xlsx" for number in (1, 2, 3)]),
        ("officer", "officer", ["联络员OU1-1 (OU1-1).xlsx"]),
    ],
)
def test_workbooks_for_each_come_packed_together(untouched: Site, login: str, each: str, names: list[str]) -> None:
    with untouched.browser(login) as browser:
        answer = browser.get(f"{PAGE}.zip", params={"each": each})
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''answers-trial-2009-09-15.zip"
    with ZipFile(BytesIO(answer.content)) as packed:
        assert sorted(packed.namelist()) == names
        assert all(read_form(Source(name, data=packed.read(name))).rows for name in names)


def test_more_than_can_be_handed_in_is_not_handed_out(untouched: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with untouched.browser("coordinator") as browser, monkeypatch.context() as few:
        few.setattr("web.pages.answers.MOST_WORKBOOKS", 1)
        few.setattr("web.workbooks.MOST_ROWS", 5)
        answer = browser.get(f"{PAGE}.zip")
        assert answer.status_code == 422
        assert "there would be 2 workbooks, and at most 1 are made in one go; choose a unit below" in answer.text
        answer = browser.get(f"{PAGE}.xlsx")
        assert answer.status_code == 422
        assert "take workbooks away for units below" in answer.text


def test_what_a_page_carries_says_what_the_workbook_said(untouched: Site, tmp_path: Path) -> None:
    with untouched.browser("coordinator") as browser:
        file = taken_away(browser, tmp_path / "form.xlsx")
    fill(
        file,
        {
            ("U1-1", SURVEY): {"done": YES, "members": "=6*2", "note": SCRIPT},
            ("U1-2", SURVEY): {"done": True, "members": 1.5},
            ("U1-3", SURVEY): {"done": "=NA()", "members": "#N/A", "note": "=A1"},
        },
    )
    book = load_workbook(file)
    book.worksheets[1].cell(60, 7, YES)
    book.create_sheet("mine").cell(3, 2, "calls to make")
    book.save(file)
    form = read_form(Source.of_file(file))
    again = unpack_form(pack_form(form))
    assert again == form
    assert len(again.strays) == 2
    assert [why_no_value(cell.value) for row in again.rows for cell in row.answers] == [
        why_no_value(cell.value) for row in form.rows for cell in row.answers
    ]


def test_a_cell_merged_over_several_branches_is_still_one_at_the_second_click(untouched: Site, tmp_path: Path) -> None:
    with untouched.browser("coordinator") as browser:
        first, *_ = read_form(Source.of_file(taken_away(browser, tmp_path / "form.xlsx"))).rows
    merged = replace(first, done=replace(first.done, value=MergedCell(YES)))
    (again,) = unpack_form(pack_form(FilledForm((merged,), ()))).rows
    assert isinstance(again.done.value, MergedCell)
