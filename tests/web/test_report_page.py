"""The report, taken from the campaign's page: as far as a scope reaches, in the reader's language."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.reports.words import words_of
from tests.web.sites import Site

ADDRESS = "/campaigns/trial/report"


@pytest.mark.parametrize(
    ("login", "branches"),
    [
        ("coordinator", "Branches taking part|6"),
        ("county", "Branches taking part|3"),
        ("viewer", "Branches taking part|3"),
    ],
)
def test_it_counts_what_is_inside_the_scope(untouched: Site, login: str, branches: str) -> None:
    with untouched.browser(login) as browser:
        answer = browser.get(f"{ADDRESS}.docx")
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''trial-2009-09-15.docx"
    assert branches in words_of(answer.content)


def test_it_is_written_in_the_readers_language(untouched: Site) -> None:
    with untouched.browser("coordinator") as browser:
        answer = browser.get(f"{ADDRESS}.xlsx", headers={"Accept-Language": "en"})
    assert load_workbook(BytesIO(answer.content)).sheetnames[1] == "Figures"


def test_whoever_sees_branches_alone_has_no_report_and_no_link_to_it(untouched: Site) -> None:
    with untouched.browser("officer") as browser:
        assert browser.get(f"{ADDRESS}.docx").status_code == 403
        assert ADDRESS not in browser.get("/campaigns/trial").text
    with untouched.browser("county") as browser:
        assert f'href="{ADDRESS}.docx"' in browser.get("/campaigns/trial").text


def test_there_are_no_other_files_of_it(untouched: Site) -> None:
    with untouched.browser("coordinator") as browser:
        assert browser.get(f"{ADDRESS}.pdf").status_code in {404, 422}
