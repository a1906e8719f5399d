"""Ledgers on pages: written, corrected, struck, narrowed, and what they come to."""

import httpx
import pytest

from actions.enter import enter
from config.vocabulary import LedgerCode
from tests.ledgers.entries import WRITTEN, an_entry
from tests.web.answering import words_of
from tests.web.forms import problems_of
from tests.web.sites import NOW, Site, form_of

LEDGERS = "/campaigns/trial/ledgers"
VISITS = f"{LEDGERS}/visits"
SAID = {"day": "2009-09-14", "branch": "U1-1", "way": "lecture", "persons": "3", "officer": "", "findings": ""}


def sent(browser: httpx.Client, address: str, page: str | None = None, **fields: str) -> httpx.Response:
    """Send a form of a page as it is now."""
    return browser.post(address, data={"csrf": form_of(browser.get(page or address).text), **fields})


def entered(site: Site, *places: str) -> None:
    entries = [an_entry(LedgerCode.VISITS, place=place, officer=None) for place in places]
    enter(site.house, "trial", entries, actor="test", now=NOW)


@pytest.mark.parametrize("ledger", LedgerCode)
def test_every_ledger_is_written_by_a_form(site: Site, ledger: LedgerCode) -> None:
    about = {"branch": "U1-1", "unit": "U1"}
    fields = {"day": "2009-09-10", **{column: str(value) for column, value in WRITTEN[ledger].items()}}
    with site.browser("coordinator") as browser:
        page = browser.get(f"{LEDGERS}/{ledger}").text
        fields |= {place: code for place, code in about.items() if f'id="write-{place}"' in page}
        saved = sent(browser, f"{LEDGERS}/{ledger}", **fields)
        assert saved.headers["location"] == f"{LEDGERS}/{ledger}/1?told=entered"
        shown = words_of(browser.get(saved.headers["location"]).text)
        assert "Entered. It is on record." in shown


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(site: Site) -> None:
    with site.browser("coordinator") as browser:
        refused = sent(browser, VISITS, **SAID | {"persons": "0", "findings": "账目<b>齐全"})
        assert refused.status_code == 422
        assert 'id="write-persons-problem" role="alert">must be at least 1, not 0' in refused.text
        assert "账目&lt;b&gt;齐全</textarea>" in refused.text
        many = problems_of(sent(browser, VISITS, **SAID | {"persons": "x", "day": "soon", "way": "dream"}).text)
        assert list(many) == ["write-day", "write-way", "write-persons"]
        assert many["write-way"] == "is not in the list; choose again"
        unknown = sent(browser, VISITS, **SAID | {"branch": "U9-9"})
        assert "branch U9-9: not in the registry" in unknown.text
        assert "Nothing is on record yet." in unknown.text


def test_an_entry_is_corrected_and_struck_with_a_reason(site: Site) -> None:
    entered(site, "U1-1")
    with site.browser("coordinator") as browser:
        without = sent(browser, f"{VISITS}/1", **SAID)
        assert (without.status_code, "says nothing" in without.text) == (422, True)
        corrected = sent(browser, f"{VISITS}/1", **SAID | {"persons": "9", "reason": "miscounted"})
        assert "Changed by coordinator" in words_of(browser.get(corrected.headers["location"]).text)
        struck = sent(browser, f"{VISITS}/1/strike", f"{VISITS}/1", reason="twice")
        assert "Nothing is on record yet." in browser.get(struck.headers["location"]).text
        assert "struck" in words_of(browser.get(f"{VISITS}?struck=true").text)
        assert f'action="{VISITS}/1/strike"' not in browser.get(f"{VISITS}/1").text


def test_a_list_is_narrowed_and_says_what_cannot_be_read(site: Site) -> None:
    entered(site, "U1-1", "U2-1")
    with site.browser("coordinator") as browser:
        assert f'href="{VISITS}/2"' not in browser.get(VISITS, params={"unit": "U1"}).text
        assert f'href="{VISITS}/1"' not in browser.get(VISITS, params={"branch": "U2-1"}).text
        refused = browser.get(VISITS, params={"since": "soon"})
        assert (refused.status_code, "is not a day" in refused.text) == (422, True)


def test_whoever_sees_a_part_sees_and_writes_that_alone(site: Site) -> None:
    entered(site, "U1-1", "U2-1")
    with site.browser("officer") as browser:
        page = browser.get(VISITS).text
        assert (f'href="{VISITS}/1"' in page, f'href="{VISITS}/2"' in page) == (True, False)
        assert sent(browser, VISITS, **SAID | {"branch": "U2-1"}).status_code == 404
        assert browser.get(f"{VISITS}/2").status_code == 404
        assert sent(browser, f"{LEDGERS}/training", VISITS, **SAID).status_code == 403
    with site.browser("viewer") as browser:
        assert "Write an entry" not in browser.get(VISITS).text


def test_the_ledgers_say_what_they_come_to(site: Site) -> None:
    entered(site, "U1-1", "U2-1")
    enter(site.house, "trial", [an_entry(LedgerCode.TARGETS)], actor="test", now=NOW)
    enter(site.house, "trial", [an_entry(LedgerCode.FOUNDATIONS)], actor="test", now=NOW)
    with site.browser("coordinator") as browser:
        whole = words_of(browser.get(LEDGERS).text)
        assert "person times of guidance 6" in whole
        assert "某机械厂 first" in whole
        assert "person times of guidance 3" in words_of(browser.get(LEDGERS, params={"unit": "U1"}).text)
        assert "of guidance 6" not in words_of(browser.get(LEDGERS, params={"until": "2009-09-01"}).text)
        refused = browser.get(LEDGERS, params={"unit": "nowhere"})
        assert (refused.status_code, "not in the registry" in refused.text) == (404, True)
    with site.browser("officer") as browser:
        assert "person times of guidance" not in browser.get(LEDGERS).text


def test_a_visit_brings_a_problem_and_completes_its_task_or_leaves_nothing(site: Site) -> None:
    with site.browser("officer") as browser:
        refused = sent(browser, VISITS, **SAID | {"problem": "漏雨", "task": "survey"})
        assert "members" in refused.text
        assert "漏雨" in refused.text
        branch = "/campaigns/trial/branches/U1-1"
        assert "漏雨" not in browser.get(branch).text
        taken = sent(browser, VISITS, **SAID | {"problem": "漏雨", "task": "training"})
        assert taken.status_code == 303
        assert "漏雨" in browser.get(branch).text
        shown = words_of(browser.get(taken.headers["location"]).text)
        assert "A problem that came up 1 The task that is completed mobilization/training" in shown


def test_a_branch_leads_to_the_form_of_a_visit_with_its_code_in_it(site: Site) -> None:
    with site.browser("officer") as browser:
        page = browser.get("/campaigns/trial/branches/U1-1").text
        assert f'href="{VISITS}?branch=U1-1#write"' in page
        assert 'id="write-branch" name="branch" value="U1-1"' in browser.get(VISITS, params={"branch": "U1-1"}).text


def test_counts_that_do_not_agree_are_shown_with_both_numbers(site: Site) -> None:
    counts = [an_entry(LedgerCode.COVERAGE, place=place, enterprises=many) for place, many in (("R", 987), ("U1", 654))]
    enter(site.house, "trial", counts, actor="test", now=NOW)
    with site.browser("coordinator") as browser:
        shown = browser.get(LEDGERS).text
    assert '<a href="/campaigns/trial/ledgers/coverage/1">' in shown
    assert "Enterprises 987 654" in words_of(shown.partition("What does not agree")[2])


def test_an_enterprise_that_is_listed_already_is_told_at_its_field(site: Site) -> None:
    enter(site.house, "trial", [an_entry(LedgerCode.FOUNDATIONS, officer=None)], actor="test", now=NOW)
    fields = {column: str(value) for column, value in WRITTEN[LedgerCode.FOUNDATIONS].items()}
    with site.browser("coordinator") as browser:
        again = fields | {"unit": "U1", "day": "2009-09-11", "officer": ""}
        refused = sent(browser, f"{LEDGERS}/foundations", **again)
    assert refused.status_code == 422
    assert 'id="write-enterprise-problem" role="alert">stands in entry 1; correct that one' in refused.text
