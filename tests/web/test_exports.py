"""Lists that are taken away from the pages: as far as the caller's scope reaches."""

import csv
import io
import re

import pytest
from openpyxl import load_workbook

from actions.set_phone import set_phone
from config.vocabulary import FileFormat, LedgerCode, ListCode
from tests.factories import at
from tests.web.sites import Site

ADDRESS = "/campaigns/trial/export/{}"
LEADING = [
    "/campaigns/trial",
    "/campaigns/trial/overdue",
    "/campaigns/trial/problems?unit=U1",
    "/campaigns/trial/ledgers/visits",
    "/notices?campaign=trial",
]
ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.mark.parametrize("written_as", list(FileFormat))
@pytest.mark.parametrize("what", [*ListCode, *LedgerCode])
def test_every_list_comes_as_a_file_of_its_kind(untouched: Site, what: str, written_as: FileFormat) -> None:
    with untouched.browser("coordinator") as browser:
        answer = browser.get(ADDRESS.format(f"{what}.{written_as}"))
    assert answer.status_code == 200
    name = f"{what}-trial-2009-09-15.{written_as}"
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_who_sees_a_unit_takes_that_away_alone(untouched: Site) -> None:
    with untouched.browser("group") as browser:
        text = browser.get(ADDRESS.format("assignments.csv")).content.decode()
        assert text.startswith("\ufeff"), "for Excel"
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
        assert {row[1] for row in rows[1:]} == {"U1"}
        assert browser.get(ADDRESS.format("assignments.csv"), params={"unit": "U2"}).status_code == 404
        assert browser.get(ADDRESS.format("nosuch.csv")).status_code == 404
        assert browser.get(ADDRESS.format("overdue.doc")).status_code == 422
    with untouched.browser("officer") as browser:
        book = load_workbook(io.BytesIO(browser.get(ADDRESS.format("registry.xlsx")).content))
        (sheet,) = book.worksheets
        assert [cell.value for cell in sheet["E"][1:]] == ["U1-1"]


@ONE
def test_numbers_to_call_are_for_those_who_may_answer(site: Site) -> None:
    set_phone(site.house, "OU1-1", "13800138000", actor="test", now=at("2009-09-14 09:00"))
    for login, is_shown in (("viewer", False), ("group", True)):
        with site.browser(login) as browser:
            text = browser.get(ADDRESS.format("overdue.csv")).text
        assert ("13800138000" in text) is is_shown


@pytest.mark.parametrize("address", LEADING)
def test_pages_lead_to_their_lists(untouched: Site, address: str) -> None:
    with untouched.browser("coordinator") as browser:
        links = re.findall(r'href="(/campaigns/trial/export/[^"]+)"', browser.get(address).text)
        assert links
        assert [browser.get(link).status_code for link in links] == [200] * len(links)


def test_a_list_that_is_too_long_for_a_page_is_refused_whole(untouched: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with untouched.browser("coordinator") as browser, monkeypatch.context() as few:
        few.setattr("web.pages.exports.MOST_ROWS", 6)
        assert browser.get(ADDRESS.format("assignments.csv"), params={"unit": "U1"}).status_code == 200
        answer = browser.get(ADDRESS.format("assignments.csv"))
    assert answer.status_code == 422
    assert "the list has more than 6 rows; choose a unit" in answer.text
