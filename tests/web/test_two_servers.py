"""Two processes of pages over one database, as behind one proxy: what one knows, the other knows."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from actions.access.known import KEPT
from models.database import connect
from models.problem import Problem
from rules.throttling import FOR_LOGIN
from tests.records import every
from tests.web.api.programs import API, a_program
from tests.web.sites import PASSWORD, Site, form_of, served
from web.app import create_app

BRANCH = "/campaigns/trial/branches/U1-1"
SURVEY = 1
"""The overdue task of that branch."""


@pytest.fixture
def other(site: Site) -> Iterator[Site]:
    """A second application with connections of its own, over the database and home of the first."""
    url = site.house.engine.url.render_as_string(hide_password=False)
    engine = connect(url)
    house = replace(site.house, engine=engine)
    with served(create_app(house, site.clock)) as address:
        yield Site(house, site.clock, address)
    engine.dispose()


def test_who_logs_in_at_one_is_known_at_the_other_and_logged_out_there_within_seconds(site: Site, other: Site) -> None:
    with site.browser() as browser:  # it keeps its cookies for both: they are of one host
        assert browser.get(f"{other.address}/").status_code == 303
        assert browser.post("/login", data={"login": "viewer", "password": PASSWORD}).status_code == 303
        kept = browser.cookies["rollcall"]
        page = browser.get(f"{other.address}/")
        assert page.status_code == 200
        assert browser.post("/logout", data={"csrf": form_of(page.text)}).status_code == 303
        browser.cookies.set("rollcall", kept)
        assert browser.get("/").status_code == 303
        site.clock.now += KEPT
        assert browser.get(f"{other.address}/").status_code == 303


def test_wrong_passwords_are_counted_together(site: Site, other: Site) -> None:
    with site.browser() as browser:
        places = (f"{site.address}/login", f"{other.address}/login")
        for turn in range(FOR_LOGIN.free):
            tried = browser.post(places[turn % 2], data={"login": "viewer", "password": "wrong"})
            assert tried.status_code == 401
        for place in places:
            assert browser.post(place, data={"login": "viewer", "password": PASSWORD}).status_code == 429


def test_a_form_that_is_sent_to_both_adds_once(site: Site, other: Site) -> None:
    with site.browser("officer") as browser:
        page = browser.get(BRANCH).text
        mark = page.split('name="once" value="')[1].split('"', maxsplit=1)[0]
        fields = {"csrf": form_of(page), "once": mark, "title": "no window"}
        answers = [browser.post(f"{each.address}{BRANCH}/problems", data=fields) for each in (site, other)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert [problem.title for problem in every(site.house, Problem)] == ["no window"]


def test_a_program_that_repeats_at_the_other_is_given_the_first_answer(site: Site, other: Site) -> None:
    with a_program(site, "coordinator") as program:
        key, wish = {"Idempotency-Key": "one"}, {"until": "2009-10-09", "reason": "flood"}
        first, again = (
            program.post(f"{each.address}{API}/assignments/{SURVEY}/requests", json=wish, headers=key)
            for each in (site, other)
        )
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert again.headers["Idempotency-Replayed"] == "true"
