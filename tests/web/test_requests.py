"""Requests for a later day: listed, granted and refused by those who may, within their subtree."""

from datetime import date

import httpx
import pytest

from actions.ask_extension import Wish, ask_extension
from actions.reading.requests import read_requests
from tests.web.answering import SURVEY, words_of
from tests.web.sites import NOW, Site, form_of

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def asked(site: Site, branch: str = "U1-1") -> int:
    wish = Wish(branch, "survey", date(2009, 9, 24), "<i>flood</i>")
    return ask_extension(site.house, "trial", wish, actor=f"link:O{branch}", now=NOW)


def test_a_group_grants_another_day_and_the_branch_sees_it(site: Site) -> None:
    number = asked(site)
    with site.browser("group") as browser:
        page = browser.get("/requests").text
        assert ("&lt;i&gt;flood&lt;/i&gt;" in page, "OU1-1, by link" in page) == (True, True)
        form = {"csrf": form_of(page), "until": "2009-09-18", "answer": "not longer"}
        assert browser.post(f"/requests/{number}/grant", data=form).status_code == 303
        words = words_of(browser.get(SURVEY).text)
    assert "Until Sep 24, 2009 granted" in words
    assert "not longer" in words
    assert "last day Sep 18, 2009" in words


def test_a_refusal_needs_an_answer_and_what_was_typed_stays(site: Site) -> None:
    number = asked(site)
    with site.browser("county") as browser:
        form = {"csrf": form_of(browser.get("/requests").text), "until": "2009-09-20"}
        without = browser.post(f"/requests/{number}/refuse", data={**form, "answer": " "})
        assert (without.status_code, 'value="2009-09-20"' in without.text) == (422, True)
        early = browser.post(f"/requests/{number}/grant", data={**form, "until": "2009-09-01", "answer": "kept"})
        assert (early.status_code, "kept</textarea>" in early.text) == (422, True)
        assert browser.post(f"/requests/{number}/refuse", data={**form, "answer": "no"}).status_code == 303
    _, (settled,) = read_requests(site.house)
    assert (settled.request.status, settled.request.answer, settled.request.decided_by) == ("refused", "no", "county")


@pytest.mark.parametrize(
    ("verb", "typed"),
    [
        ("grant", {"until": "", "answer": "my words"}),
        ("grant", {"until": "soon", "answer": "my words"}),
        ("refuse", {"until": "my words", "answer": ""}),
    ],
)
def test_the_second_who_decides_is_told(site: Site, verb: str, typed: dict[str, str]) -> None:
    number = asked(site)
    with site.browser("group") as first, site.browser("coordinator") as second:
        mine, theirs = (form_of(browser.get("/requests").text) for browser in (first, second))
        first.post(f"/requests/{number}/refuse", data={"csrf": mine, "answer": "no"})
        late = second.post(f"/requests/{number}/{verb}", data={"csrf": theirs, **typed})
    assert (late.status_code, "was decided already, by group" in late.text) == (409, True)
    assert "my words</textarea>" in late.text


def test_requests_of_another_subtree_are_not_there(site: Site) -> None:
    number = asked(site, "U2-1")
    with site.browser("group") as browser:
        page = browser.get("/requests").text
        assert "企业U2-1支部" not in page
        form = {"csrf": page_form(browser), "answer": "no"}
        assert browser.post(f"/requests/{number}/refuse", data=form).status_code == 404
        assert browser.post(f"/requests/{number}/grant", data=form).status_code == 404


@pytest.mark.parametrize("who", ["viewer", "officer"])
def test_who_may_not_decide_is_turned_away(site: Site, who: str) -> None:
    number = asked(site)
    with site.browser(who) as browser:
        assert browser.get("/requests").status_code == 403
        form = {"csrf": page_form(browser), "answer": "no"}
        assert browser.post(f"/requests/{number}/refuse", data=form).status_code == 403
    assert len(read_requests(site.house)[0]) == 1


def page_form(browser: httpx.Client) -> str:
    return form_of(browser.get("/").text)
