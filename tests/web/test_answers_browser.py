"""Answers in a workbook, in a real Chromium: taken away more than once from one page, filled in and handed in."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from config.vocabulary import Language
from models.assignment import Assignment
from tests.records import every
from tests.web.browsing import a_coordinator
from tests.web.sites import Site
from tests.workbooks import YES, fill

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_a_workbook_is_taken_away_again_from_the_same_page_and_handed_in(
    chromium: "Browser", site: Site, tmp_path: Path
) -> None:
    with a_coordinator(chromium, site, Language.EN) as page:
        page.get_by_role("link", name="Trial").first.click()
        page.get_by_role("link", name="Answers in a workbook").click()
        page.get_by_label("Unit").fill("U1")
        for button, name in (
            ("for each officer", "answers-trial-U1-2009-09-15.zip"),
            ("Take it away", "answers-trial-U1-2009-09-15.xlsx"),
        ):
            with page.expect_download() as coming:
                page.get_by_role("button", name=button).click()
            assert coming.value.suggested_filename == name
        file = tmp_path / "form.xlsx"
        coming.value.save_as(file)
        fill(file, {("U1-1", "mobilization/survey"): {"done": YES, "members": 12}})
        page.get_by_label("Workbook").set_input_files(file)
        page.get_by_role("button", name="Show what it would change").click()
        page.get_by_role("button", name="Write 1 answer").click()
        page.get_by_text("1 answer is written.").wait_for()
    assert [each.done_by for each in every(site.house, Assignment) if each.done_at] == ["coordinator"]
