"""What a page leaves on paper, and how little of a phone's screen is taken before its content begins."""

from typing import TYPE_CHECKING

import pytest

from tests.web.sites import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PILOT = "/campaigns/trial/windows/mobilization/pilot"
SCREEN = 740
"""Pixels of the height of a small phone."""


def opened(chromium: "Browser", site: Site, address: str, width: int) -> "Page":
    context = chromium.new_context(base_url=site.address, viewport={"width": width, "height": SCREEN})
    with site.browser("coordinator") as browser:
        cookies = [{"name": name, "value": value, "url": site.address} for name, value in browser.cookies.items()]
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("address", ["/campaigns/trial", PILOT, "/notices", "/people/OU1-1"])
def test_on_paper_there_is_what_is_known_and_nothing_to_click(
    untouched: Site, chromium: "Browser", address: str
) -> None:
    page = opened(chromium, untouched, address, 1100)
    assert page.locator(".top").is_visible()
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("h1").is_visible()
    clickable = page.locator("button:visible, input:visible, select:visible, nav.pager:visible, .top:visible")
    assert clickable.all_inner_texts() == []
    white_and_black = page.evaluate("['backgroundColor', 'color'].map(name => getComputedStyle(document.body)[name])")
    assert white_and_black == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    page.context.close()


@pytest.mark.parametrize("address", ["/notices", "/audit", "/people", "/campaigns/trial/problems"])
def test_on_a_phone_a_list_begins_on_the_first_screen(untouched: Site, chromium: "Browser", address: str) -> None:
    page = opened(chromium, untouched, address, 360)
    begins = page.locator("form.filters + *").first.bounding_box()
    assert begins is not None
    assert begins["y"] < SCREEN
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.context.close()
