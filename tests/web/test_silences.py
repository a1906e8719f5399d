"""Silences, added and lifted on a page."""

import pytest

from models.silence import Silence
from tests.records import every
from tests.web.forms import SCRIPT, SHOWN, send, told
from tests.web.sites import Site

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

FLOOD = {"of": "U1-1", "last": "2009-09-20", "reason": "flood"}


@ONE
def test_a_silence_is_added_listed_and_lifted_and_twice_is_told(site: Site) -> None:
    with site.browser("group") as browser:
        assert "第1区" in browser.get("/silences").text
        page = told(browser, send(browser, "/silences", "/silences", **FLOOD))
        assert "企业U1-1支部" in page
        assert "in force" in page
        told(browser, send(browser, "/silences", "/silences", **FLOOD))
        assert len(every(site.house, Silence)) == 1, "a double click adds one"
        assert "lifted" in told(browser, send(browser, "/silences", "/silences/1/lift"))
        assert "lifted before" in told(browser, send(browser, "/silences", "/silences/1/lift"))
    (silence,) = every(site.house, Silence)
    assert (silence.added_by, silence.lifted_by) == ("group", "group")


@pytest.mark.parametrize("login", ["officer", "viewer"])
def test_who_may_not_silence(untouched: Site, login: str) -> None:
    with untouched.browser(login) as browser:
        assert browser.get("/silences").status_code == 403
        assert send(browser, "/", "/silences", **FLOOD).status_code == 403


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("of", "U2-1", "U2-1: neither a branch nor a unit of the registry is called that"),
        ("of", "U2", "U2: neither a branch nor a unit of the registry is called that"),
        ("of", "", "says nothing"),
        ("last", "2009-09-01", "is not after its beginning"),
        ("last", "soon", "is not a day"),
        ("first", "2009-02-30", "is not a day"),
        ("reason", "", "says nothing"),
        ("reason", "x" * 1001, "has 1,001 characters; at most 1,000 are kept"),
        ("reason", "\0", "has a character in it that cannot be stored"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_lost(untouched: Site, field: str, typed: str, why: str) -> None:
    with untouched.browser("group") as browser:
        answer = send(browser, "/silences", "/silences", **{**FLOOD, "reason": SCRIPT, field: typed})
    assert answer.status_code in (404, 422)
    assert why in answer.text
    assert field == "reason" or SHOWN in answer.text
    assert SCRIPT not in answer.text
    assert every(untouched.house, Silence) == []


@ONE
def test_a_silence_of_another_subtree_is_not_there(site: Site) -> None:
    with site.browser("coordinator") as browser:
        told(browser, send(browser, "/silences", "/silences", **FLOOD | {"of": "U2"}))
    with site.browser("county") as browser:
        assert "第2区" not in browser.get("/silences").text
        assert send(browser, "/silences", "/silences/1/lift").status_code == 404
        assert send(browser, "/silences", "/silences/99/lift").status_code == 404
    (silence,) = every(site.house, Silence)
    assert silence.lifted_at is None
