"""Logging in and out, in a client without scripts."""

import pytest

from tests.web.sites import PASSWORD, Site, form_of

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_a_page_sends_whoever_is_not_logged_in_to_the_login_and_back(site: Site) -> None:
    with site.browser() as browser:
        asked = browser.get("/")
        assert (asked.status_code, asked.headers["location"]) == (303, "/login?next=/")
        answer = browser.post("/login", data={"login": "Coordinator", "password": PASSWORD, "next": "/"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert "Trial" in browser.get("/").text


@ONE
@pytest.mark.parametrize(("login", "password"), [("coordinator", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_who_cannot_be_let_in_is_told_the_same(site: Site, login: str, password: str) -> None:
    with site.browser() as browser:
        answer = browser.post("/login", data={"login": login, "password": password})
    assert answer.status_code == 401
    assert "the login or the password is wrong" in answer.text


@ONE
def test_after_logging_out_the_cookie_is_worth_nothing(site: Site) -> None:
    with site.browser("viewer") as browser:
        kept = browser.cookies["rollcall"]
        assert browser.post("/logout", data={"csrf": form_of(browser.get("/").text)}).status_code == 303
        browser.cookies.set("rollcall", kept)
        assert browser.get("/").status_code == 303


@ONE
def test_a_form_that_no_page_of_this_login_made_is_refused(site: Site) -> None:
    with site.browser("viewer") as browser:
        assert browser.post("/logout", data={"csrf": "0" * 64}).status_code == 403
        assert browser.get("/").status_code == 200


@ONE
@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_logging_in_leads_to_no_other_site(site: Site, elsewhere: str) -> None:
    with site.browser() as browser:
        answer = browser.post("/login", data={"login": "viewer", "password": PASSWORD, "next": elsewhere})
    assert answer.headers["location"] == "/"
