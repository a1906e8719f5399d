"""The pages in a real Chromium."""

from typing import TYPE_CHECKING

import pytest

from tests.web.sites import PASSWORD, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_coordinator_logs_in(site: Site, chromium: "Browser", scripts: bool) -> None:
    context = chromium.new_context(base_url=site.address, java_script_enabled=scripts, locale="en")
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Login").fill("coordinator")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    assert page.get_by_role("heading", name="Campaigns").is_visible()
    context.close()
