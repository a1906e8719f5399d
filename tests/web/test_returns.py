"""Returns on pages: proposed, answered, passed on, corrected."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from actions.reading.returns import read_return
from tests.factories import at
from tests.returns.houses import CODE, a_house_with_returns, answer_quarter
from tests.web.forms import SCRIPT, SHOWN
from tests.web.sites import Site, a_site, form_of, with_users

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
LIST = "/campaigns/returns/returns/q1"
PAGE = f"{LIST}/U1"
TASK = "/campaigns/returns/branches/U1-1/tasks"


@pytest.fixture
def site(engine: Engine, tmp_path: Path) -> Iterator[Site]:
    """Two quarters have opened; U1 has answered the first."""
    house = with_users(a_house_with_returns(engine, tmp_path / "home", opened=2))
    for branch in ("U1-1", "U1-2"):
        answer_quarter(house, branch, (1, 2, 0), trained=10)
    with a_site(house, at("2027-07-06 10:00")) as site:
        yield site


def sent(browser: httpx.Client, what: str, **fields: str) -> httpx.Response:
    csrf = form_of(browser.get(PAGE).text)
    return browser.post(f"{PAGE}/{what}", data={"csrf": csrf, **fields}, follow_redirects=True)


@ONE
def test_a_group_passes_a_quarter_on_and_takes_an_answer_back(site: Site) -> None:
    with site.browser("group") as browser:
        page = browser.get(PAGE).text
        for there in ("Quarter 1", "Not passed on yet", "Organisations", "person-times", "Jan 1, 2027"):
            assert there in page
        assert "It was passed on." in sent(browser, "pass-on").text
        assert "Pass it on" not in browser.get(PAGE).text
        taken_back = sent(browser, "correct", branch="U1-1", task="training", reason=f"twice {SCRIPT}")
        assert "have to be passed on again" in taken_back.text
        assert SHOWN in taken_back.text
        assert SCRIPT not in taken_back.text
        assert "企业U1-1支部" in browser.get(PAGE).text, "it is missing now"
    (version,) = read_return(site.house, CODE, "q1", "U1").versions
    assert (version.passed_by, version.outdated_by) == ("group", "group")


@ONE
def test_what_is_incomplete_needs_its_mark_and_a_reason(site: Site) -> None:
    page = f"{LIST}/U2"
    with site.browser("coordinator") as browser:
        csrf = form_of(browser.get(page).text)
        refused = browser.post(f"{page}/pass-on", data={"csrf": csrf})
        assert refused.status_code == 422
        assert "4 are missing in Quarter 1: 企业U2-1支部" in refused.text
        refused = browser.post(f"{page}/pass-on", data={"csrf": csrf, "incomplete": "yes"})
        assert (refused.status_code, "says nothing" in refused.text) == (422, True)
        passed = browser.post(f"{page}/pass-on", data={"csrf": csrf, "incomplete": "yes", "reason": "flood"})
        assert passed.headers["location"] == f"{page}?done=passed"
        opened = browser.post(f"{page}/correct", data={"csrf": csrf, "reason": "one more"})
        assert opened.headers["location"] == f"{page}?done=corrected"


@ONE
def test_a_correction_that_cannot_be_taken_stays_in_the_form(site: Site) -> None:
    with site.browser("group") as browser:
        sent(browser, "pass-on")
        refused = sent(browser, "correct", branch="U9-1", task="training", reason="wrong")
        assert (refused.status_code, "not in the registry" in refused.text) == (422, True)
        refused = sent(browser, "correct", branch="U1-1", reason="wrong")
        assert "is not in the list" in refused.text
        assert 'value="U1-1"' in refused.text


@ONE
def test_old_versions_are_shown_and_the_list_says_how_each_unit_stands(site: Site) -> None:
    with site.browser("coordinator") as browser:
        assert f'href="{LIST}"' not in browser.get("/campaigns/returns").text, "the second quarter is the latest"
        assert f'href="{LIST[:-1]}2"' in browser.get("/campaigns/returns").text
        sent(browser, "pass-on")
        assert "Version 1, as it was passed on." in browser.get(PAGE, params={"version": 1}).text
        assert browser.get(PAGE, params={"version": 2}).status_code == 404
        listed = browser.get(LIST).text
        assert listed.count("not passed on yet") == 2
        assert listed.count(">passed on<") == 1


@ONE
def test_the_form_proposes_what_was_answered_before(site: Site) -> None:
    with site.browser("officer") as browser:
        page = browser.get(f"{TASK}/q2/organisation").text
        assert 'name="figure-branches" type="text" inputmode="numeric" autocomplete="off"\n           value="2"' in page
        assert page.count("proposed, please check; from: the period before") == 4
        seen = page.split('name="seen" value="')[1].split('"')[0]
        given = {"figure-organisations": "9", "figure-committees": "1", "figure-branches": "2", "figure-joint": "0"}
        answered = browser.post(f"{TASK}/q2/organisation/complete", data={"csrf": form_of(page), "seen": seen, **given})
        assert answered.status_code == 422
        assert "Organisations 9 must equal Committees 1 + Branches 2 + Joint branches 0 = 3" in answered.text
        assert "proposed, please check" not in answered.text
        assert 'value="9"' in answered.text
