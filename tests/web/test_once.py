"""A form that adds something, sent twice: by a double click, or by somebody who saw no answer."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import pytest

from models.base import Row
from models.form import TakenForm
from models.ledgers.visit import Visit
from models.problem import Problem
from tests.records import every
from tests.web.answering import BRANCH, a_link
from tests.web.sites import Site, form_of

VISITS = "/campaigns/trial/ledgers/visits"


@dataclass(frozen=True)
class Adding:
    """A form that adds a row, and a field in which another text may stand."""

    page: str
    address: str
    fields: Mapping[str, str]
    text: str
    adds: type[Row]


PROBLEM = Adding(BRANCH, f"{BRANCH}/problems", {"title": "会议记录不全"}, "title", Problem)
VISIT = Adding(
    VISITS,
    VISITS,
    {"day": "2009-09-14", "branch": "U1-1", "way": "lecture", "persons": "3", "problem": "没有场地"},
    "findings",
    Visit,
)
FORMS = pytest.mark.parametrize("form", [pytest.param(PROBLEM, id="problem"), pytest.param(VISIT, id="visit")])


def made(browser: httpx.Client, form: Adding, root: str = "") -> dict[str, str]:
    """Fetch the form, and fill it in."""
    page = browser.get(root + form.page).text
    mark = page.split('name="once" value="')[1].split('"', maxsplit=1)[0]
    return {"once": mark} | ({} if root else {"csrf": form_of(page)}) | dict(form.fields)


@FORMS
def test_sent_twice_it_adds_one_and_leads_to_the_same_page(site: Site, form: Adding) -> None:
    with site.browser("coordinator") as browser:
        fields = made(browser, form)
        twice = [browser.post(form.address, data=fields) for _ in range(2)]
    assert [answer.status_code for answer in twice] == [303, 303]
    assert twice[0].headers["location"] == twice[1].headers["location"]
    assert len(every(site.house, form.adds)) == 1


def test_by_a_link_too(visited: Site) -> None:
    with visited.browser() as browser:
        link = a_link(visited)
        fields = made(browser, PROBLEM, link)
        for _ in range(2):
            assert browser.post(link + PROBLEM.address, data=fields).status_code == 303
    assert len(every(visited.house, Problem)) == 1


@FORMS
def test_of_two_at_once_one_adds(site: Site, form: Adding) -> None:
    with site.browser("coordinator") as browser, ThreadPoolExecutor(2) as hands:
        fields = made(browser, form)
        answers = list(hands.map(lambda _: browser.post(form.address, data=fields), range(2)))
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(every(site.house, form.adds)) == 1


@FORMS
def test_a_form_that_was_changed_after_going_back_and_a_new_one_add_another(site: Site, form: Adding) -> None:
    with site.browser("coordinator") as browser:
        fields = made(browser, form)
        for each in (fields, fields | {form.text: "另一个"}, made(browser, form)):
            assert browser.post(form.address, data=each).status_code == 303
    assert len(every(site.house, form.adds)) == 3


@FORMS
def test_what_was_refused_may_be_sent_again_as_it_is(site: Site, form: Adding) -> None:
    with site.browser("coordinator") as browser:
        fields = made(browser, form) | ({"due": "2009-09-01"} if form is PROBLEM else {"task": "no-such-task"})
        refused = [browser.post(form.address, data=fields).status_code for _ in range(2)]
    assert refused in ([422, 422], [404, 404])
    assert (every(site.house, form.adds), every(site.house, Problem), every(site.house, TakenForm)) == ([], [], [])
