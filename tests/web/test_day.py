"""An officer's day: the own branches, late first."""

import pytest

from actions.complete import complete
from models.database import transaction
from models.queries import find_branch, find_officer
from tests.factories import answer, at
from tests.web.answering import words_of
from tests.web.sites import Site

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def with_leader(site: Site, code: str, officer: str) -> None:
    with transaction(site.house.engine) as session:
        branch = find_branch(session, code)
        branch.officer_id = find_officer(session, officer).id
        branch.leader, branch.phone = "王五", site.house.seal.close("0312 555 0101")
        session.add(branch)


def test_a_day_shows_whom_to_call_late_first(site: Site) -> None:
    with_leader(site, "U1-2", "OU1-1")
    complete(site.house, "trial", [answer("U1-1", "survey")])
    with site.browser("officer") as browser:
        page = browser.get("/day").text
        words = words_of(page)
        assert words.index("企业U1-2支部") < words.index("企业U1-1支部")
        assert 'href="tel:03125550101"' in page
        assert "late Survey Sep 14, 2009" in words
    for now, said in (("2009-09-21 10:00", "due this week Training"), ("2009-09-24 10:00", "due today Training")):
        site.clock.now = at(now)
        with site.browser("officer") as browser:
            assert said in words_of(browser.get("/day").text)


def test_others_see_the_day_of_an_officer_of_their_subtree(site: Site) -> None:
    with site.browser("county") as browser:
        assert "联络员OU1-2" in browser.get("/day?officer=OU1-2").text
        foreign, unknown = browser.get("/day?officer=OU2-1"), browser.get("/day?officer=nobody")
        assert (foreign.status_code, unknown.status_code) == (404, 404)
        assert words_of(foreign.text).replace("OU2-1", "X") == words_of(unknown.text).replace("nobody", "X")
        assert browser.get("/day").status_code == 422


def test_who_may_not_answer_for_a_branch_reads_no_number_to_call(site: Site) -> None:
    with_leader(site, "U1-1", "OU1-1")
    with site.browser("group") as browser:
        assert "tel:" in browser.get("/campaigns/trial/branches/U1-1").text
    with site.browser("viewer") as browser:
        assert "tel:" not in browser.get("/campaigns/trial/branches/U1-1").text
        assert "tel:" not in browser.get("/day?officer=OU1-1").text
