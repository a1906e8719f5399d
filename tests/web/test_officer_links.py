"""A name of an officer leads to what the reader may know and do about them, and from there to the branches."""

import pytest

from tests.web.answering import BRANCH
from tests.web.sites import Site

PAGES = (
    "/campaigns/trial",
    "/campaigns/trial/units/U1",
    "/campaigns/trial/overdue?by=officer",
    "/campaigns/trial/overdue?by=branch",
    BRANCH,
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("login", "address"),
    [("county", "/people/OU1-1"), ("viewer", "/day?officer=OU1-1"), ("officer", "/day?officer=OU1-1")],
)
def test_a_late_officer_is_one_click_away(untouched: Site, page: str, login: str, address: str) -> None:
    with untouched.browser(login) as browser:
        assert f'href="{address}"' in browser.get(page).text
        assert browser.get(address).status_code == 200


def test_from_an_officer_the_branches_are_one_click_away(untouched: Site) -> None:
    with untouched.browser("coordinator") as browser:
        assert f'href="{BRANCH}"' in browser.get("/people/OU1-1").text


def test_why_the_curve_says_another_share_than_the_top_of_the_page_is_said(untouched: Site) -> None:
    with untouched.browser("coordinator") as browser:
        page = browser.get("/campaigns/trial").text
    assert "The curve counts the 30 tasks of the whole campaign" in page
    assert "is of the 12 that have opened" in page
