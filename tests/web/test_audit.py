"""The audit record on a page."""

import pytest

from actions.silence import Request, silence
from tests.factories import at
from tests.web.forms import SCRIPT, SHOWN
from tests.web.sites import NOW, Site

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def silenced(untouched: Site) -> Site:
    """Two branches of different units were silenced."""
    for branch in ("U1-1", "U2-1"):
        request = Request(ends=at("2009-09-20 00:00"), reason=f"{SCRIPT} of {branch}", branch=branch)
        silence(untouched.house, request, actor="李", now=NOW)
    return untouched


@pytest.mark.parametrize(("login", "shown"), [("coordinator", {"U1-1", "U2-1"}), ("county", {"U1-1"})])
def test_events_of_the_branches_inside_are_shown(silenced: Site, login: str, shown: set[str]) -> None:
    with silenced.browser(login) as browser:
        answer = browser.get("/audit", params={"kind": "silence.added"})
    assert {branch for branch in ("U1-1", "U2-1") if f"of {branch}" in answer.text} == shown
    assert SHOWN in answer.text
    assert SCRIPT not in answer.text


@pytest.mark.parametrize("login", ["group", "officer", "viewer"])
def test_only_coordinators_read_the_record(untouched: Site, login: str) -> None:
    with untouched.browser(login) as browser:
        assert browser.get("/audit").status_code == 403


def test_a_branch_of_another_subtree_is_not_there(silenced: Site) -> None:
    with silenced.browser("county") as browser:
        foreign = browser.get("/audit", params={"branch": "U2-1"})
        unknown = browser.get("/audit", params={"branch": "U9-9"})
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.text.replace("U2-1", "U9-9") == unknown.text


@pytest.mark.parametrize("older", ["0", "-1", "99999999999999999999", "x"])
def test_a_page_that_there_cannot_be_is_refused(untouched: Site, older: str) -> None:
    with untouched.browser("coordinator") as browser:
        assert browser.get("/audit", params={"after": older}).status_code == 422


@ONE
def test_pages_lead_on_with_the_same_filters(site: Site) -> None:
    for number in range(60):
        silence(site.house, Request(at(f"2009-10-01 10:{number:02}"), "x", "U1-1"), actor="李", now=NOW)
    with site.browser("coordinator") as browser:
        first = browser.get("/audit", params={"actor": "李"}).text
        following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
        second = browser.get(following).text
    assert first.count('<th scope="row">') == 50
    assert second.count('<th scope="row">') == 10
    assert 'href="/audit?actor=%E6%9D%8E"' in second
