"""Forms about what somebody else changed meanwhile: nothing is overwritten, and nothing typed is lost."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

import httpx
import pytest

from actions.add_problem import Finding, add_problems
from actions.enter import enter
from actions.reading.users import read_user
from actions.solve_problem import Solution, solve_problems
from actions.strike import strike
from config.vocabulary import LedgerCode
from models.ledgers.visit import Visit
from models.problem import Problem
from tests.dumps import dump
from tests.ledgers.entries import an_entry
from tests.records import events_of, every
from tests.web.answering import a_link, seen_on, words_of
from tests.web.sites import NOW, Site, form_of

VISIT, PROBLEM = "/campaigns/trial/ledgers/visits/1", "/campaigns/trial/problems/1"
SOLVE = "/campaigns/trial/branches/U1-1/problems/1/solve"
SAID = {"day": "2009-09-14", "branch": "U1-1", "way": "lecture", "persons": "4", "reason": "miscounted"}


@contextmanager
def at_work(site: Site) -> Iterator[httpx.Client]:
    """A coordinator's browser on a site with a visit and a problem."""
    entry = an_entry(LedgerCode.VISITS, place="U1-1", officer=None)
    enter(site.house, "trial", [entry], actor="test", now=NOW)
    add_problems(site.house, "trial", [Finding("U1-1", "会议记录不全", NOW, "test")])
    site.clock.now = NOW + timedelta(minutes=1)
    with site.browser("coordinator") as browser:
        yield browser


def post(browser: httpx.Client, address: str, made: str, fields: Mapping[str, str]) -> httpx.Response:
    """Send a form of a page that was fetched before."""
    return browser.post(address, data={"csrf": form_of(made), "seen": seen_on(made), **fields})


@pytest.mark.parametrize(
    ("page", "address", "first", "second", "said"),
    [
        pytest.param(VISIT, VISIT, SAID, SAID | {"persons": "5"}, "corrected meanwhile, by coordinator", id="entry"),
        pytest.param(
            PROBLEM, f"{PROBLEM}/assign", {"owner": "甲"}, {"owner": "乙"}, "somebody else set who does", id="problem"
        ),
    ],
)
def test_the_second_of_two_is_told_and_may_send_it_again(
    site: Site, page: str, address: str, first: Mapping[str, str], second: Mapping[str, str], said: str
) -> None:
    with at_work(site) as browser:
        made = browser.get(page).text
        assert post(browser, address, made, first).status_code == 303
        before = dump(site.house.engine)
        assert post(browser, address, made, first).status_code == 303, "a double click is harmless"
        site.clock.now += timedelta(minutes=1)
        late = post(browser, address, made, second)
        assert (late.status_code, said in late.text) == (409, True)
        (typed,) = second.items() - first.items()
        assert f'name="{typed[0]}"' in late.text
        assert f'value="{typed[1]}"' in late.text
        assert dump(site.house.engine) == before
        assert post(browser, address, late.text, second).status_code == 303


def test_what_was_struck_or_solved_meanwhile_says_so_and_shows_what_was_typed(site: Site) -> None:
    house = site.house
    with at_work(site) as browser:
        entry, problem = browser.get(VISIT).text, browser.get(PROBLEM).text
        strike(house, "trial", LedgerCode.VISITS, 1, reason="twice", actor="test", now=NOW)
        solve_problems(house, "trial", [Solution(1, NOW, "甲", "开了窗口")])
        before = dump(house.engine)
        for address, made, fields, says in (
            (VISIT, entry, SAID, "was struck; enter it anew"),
            (VISIT, entry, SAID | {"persons": "x"}, "was struck; enter it anew"),
            (f"{VISIT}/strike", entry, {"reason": "miscounted"}, "was struck; enter it anew"),
            (f"{PROBLEM}/assign", problem, {"measures": "miscounted"}, "solved already by 甲"),
            (f"{PROBLEM}/solve", problem, {"note": "miscounted"}, "solved already by 甲"),
            (SOLVE, problem, {"note": "miscounted"}, "solved already by 甲"),
            (SOLVE, problem, {"note": "miscounted" * 300}, "solved already by 甲"),
        ):
            late = post(browser, address, made, fields)
            assert (late.status_code, says in late.text, "miscounted" in late.text) == (409, True, True), address
        assert dump(house.engine) == before


def test_fields_of_a_ledger_are_called_what_its_form_calls_them(site: Site) -> None:
    with at_work(site) as browser:
        made = browser.get(VISIT).text
        strike(site.house, "trial", LedgerCode.VISITS, 1, reason="twice", actor="test", now=NOW)
        late = words_of(post(browser, VISIT, made, SAID).text)
        assert "Person-times 4" in late
        assert "lecture given" in late, "a choice is said in words"


def test_a_problem_solved_twice_in_the_same_words_is_a_double_click(visited: Site) -> None:
    add_problems(visited.house, "trial", [Finding("U1-1", "x", NOW, "test")])
    with visited.browser() as browser:
        link = a_link(visited)
        for _ in range(2):
            assert browser.post(link + SOLVE, data={"note": "开了窗口"}).status_code == 303
        other = browser.post(link + SOLVE, data={"note": "换了窗口"})
        assert (other.status_code, "换了窗口" in other.text) == (409, True)
    (problem,) = every(visited.house, Problem)
    assert problem.note == "开了窗口"


def test_an_owner_set_twice_is_on_record_once(site: Site) -> None:
    with at_work(site) as browser:
        made = browser.get(PROBLEM).text
        for _ in range(2):
            post(browser, f"{PROBLEM}/assign", made, {"owner": "甲", "due": "2009-10-20"})
    assert len([event for event in events_of(site.house) if event.kind == "problem.assigned"]) == 1
    assert len(every(site.house, Visit)) == 1


@pytest.mark.parametrize(
    ("login", "page", "first", "second"),
    [
        pytest.param("viewer", "/account", {"name": "甲"}, {"name": "乙", "language": "zh"}, id="the own account"),
        pytest.param(
            "coordinator",
            "/users/viewer",
            {"name": "甲", "role": "viewer", "unit": "U1"},
            {"name": "乙", "role": "group", "unit": "U1"},
            id="somebody else's",
        ),
    ],
)
def test_of_two_who_change_an_account_the_second_is_told(
    site: Site, login: str, page: str, first: Mapping[str, str], second: Mapping[str, str]
) -> None:
    with site.browser(login) as browser:
        made = browser.get(page).text
        assert post(browser, page, made, first).status_code == 303
        before = dump(site.house.engine)
        assert post(browser, page, made, first).status_code == 303, "a double click is harmless"
        late = post(browser, page, made, second)
        assert (late.status_code, "was changed elsewhere meanwhile; nothing was changed" in late.text) == (409, True)
        assert 'value="乙"' in late.text
        assert dump(site.house.engine) == before
        assert post(browser, page, late.text, second).status_code == 303
    assert read_user(site.house, "viewer").name == "乙"
