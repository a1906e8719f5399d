"""A session that is lost in the middle of a form: nothing that was typed is lost, and nothing is sent unasked."""

import re
from html import unescape
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, update

from actions.access.logins import IDLE
from actions.reading.users import read_user
from models.database import transaction
from models.dialects import table_of
from models.user import User
from tests.factories import CAMPAIGN, a_house_at_work
from tests.web.answering import SURVEY
from tests.web.sites import PASSWORD, Site, a_site, form_of, with_users
from web.identity.kept import MOST

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

TYPED = 'Viewer "某"\n<script>alert(1)</script>'


def kept_in(page: str) -> str:
    """The form that a page keeps, as its hidden field says it."""
    (sealed,) = set(re.findall(r'name="kept" value="([^"]+)"', page))
    return unescape(sealed)


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields of the form that is to be sent."""
    (form,) = re.findall(r'<form class="card kept".*?</form>', page, flags=re.DOTALL)
    return {
        name: unescape(value)
        for name, value in re.findall(r'type="hidden" name="(.*?)" value="(.*?)"', form, re.DOTALL)
    }


def lost(site: Site, browser: httpx.Client, **typed: str) -> httpx.Response:
    """Send a form after the login has ended by itself; the clock has gone on."""
    csrf = form_of(browser.get("/account").text)
    site.clock.now += IDLE
    return browser.post("/account", data={"csrf": csrf, **typed})


def name_of(site: Site) -> str:
    return read_user(site.house, "viewer").name


@ONE
def test_a_form_of_a_login_that_has_ended_is_kept_shown_and_sent_with_one_click(site: Site) -> None:
    with site.browser("viewer") as browser:
        asked = lost(site, browser, name="Viewer 某", language="en")
        assert (asked.status_code, "What you typed is kept" in asked.text) == (401, True)
        credentials = {"login": "viewer", "password": PASSWORD, "kept": kept_in(asked.text)}
        shown = browser.post("/login", data=credentials)
        assert (shown.status_code, "Viewer 某" in shown.text) == (200, True)
        assert 'action="/account"' in shown.text
        assert name_of(site) == "viewer 某", "nothing is sent before the click"
        assert browser.post("/account", data=fields_of(shown.text)).status_code == 303
        assert name_of(site) == "Viewer 某"


@ONE
@pytest.mark.parametrize(("language", "label"), [("zh-CN", "党员人数"), ("en", "party members")])
def test_a_figure_is_shown_by_its_title(engine: Engine, tmp_path: Path, language: str, label: str) -> None:
    text = CAMPAIGN.replace("figures: [members]", "figures: [{code: m, title: {zh: 党员人数, en: party members}}]")
    house = with_users(a_house_at_work(engine, tmp_path / "home", text=text))
    with a_site(house) as site, site.browser("coordinator") as browser:
        with transaction(house.engine) as session:
            session.execute(update(table_of(User)).values(language=None))
        browser.headers["Accept-Language"] = language
        csrf = form_of(browser.get(SURVEY).text)
        site.clock.now += IDLE
        asked = browser.post(f"{SURVEY}/complete", data={"csrf": csrf, "seen": "x", "figure-m": "12"})
        shown = browser.post("/login", data={"login": "coordinator", "password": PASSWORD, "kept": kept_in(asked.text)})
    assert f"<dt>{label}</dt><dd>12</dd>" in shown.text
    assert "<dt>seen</dt>" not in shown.text
    assert fields_of(shown.text)["figure-m"] == "12"


def test_after_a_wrong_password_it_is_still_kept(untouched: Site) -> None:
    with untouched.browser("viewer") as browser:
        asked = lost(untouched, browser, name="Viewer 某")
        wrong = browser.post("/login", data={"login": "viewer", "password": "wrong", "kept": kept_in(asked.text)})
        shown = browser.post("/login", data={"login": "viewer", "password": PASSWORD, "kept": kept_in(wrong.text)})
    assert fields_of(shown.text)["name"] == "Viewer 某"


def test_who_has_logged_in_in_another_tab_goes_on(untouched: Site) -> None:
    with untouched.browser("viewer") as browser:
        kept = kept_in(lost(untouched, browser, name="Viewer 某").text)
        still_out = browser.post("/resume", data={"kept": kept})
        assert (still_out.status_code, kept_in(still_out.text) != "") == (401, True)
        browser.post("/login", data={"login": "viewer", "password": PASSWORD})
        assert fields_of(browser.post("/resume", data={"kept": kept}).text)["name"] == "Viewer 某"


@ONE
def test_a_form_of_an_older_login_of_the_browser_is_shown_before_it_is_sent(site: Site) -> None:
    with site.browser("viewer") as browser:
        csrf = form_of(browser.get("/account").text)
        browser.post("/login", data={"login": "viewer", "password": PASSWORD})
        shown = browser.post("/account?a=b", data={"csrf": csrf, "name": "Viewer 某"})
        assert (shown.status_code, 'action="/account?a=b"' in shown.text) == (409, True)
        assert name_of(site) == "viewer 某"
        assert browser.post("/account", data=fields_of(shown.text)).status_code == 303
        assert name_of(site) == "Viewer 某"


def test_what_was_typed_stays_text(untouched: Site) -> None:
    with untouched.browser("viewer") as browser:
        asked = lost(untouched, browser, name=TYPED, **{'"><script>x': "y"})
        shown = browser.post("/login", data={"login": "viewer", "password": PASSWORD, "kept": kept_in(asked.text)})
    assert "<script>alert" not in asked.text + shown.text
    assert "<script>x" not in asked.text + shown.text
    assert fields_of(shown.text)["name"] == TYPED


def test_files_are_asked_for_again(untouched: Site) -> None:
    with untouched.browser("viewer") as browser:
        csrf = form_of(browser.get("/account").text)
        untouched.clock.now += IDLE
        files = {"photo": ("a.png", b"\x89PNG", "image/png"), "none": ("", b"", "application/octet-stream")}
        asked = browser.post("/account", data={"csrf": csrf, "name": "Viewer 某"}, files=files)
        assert "Files cannot be kept" in asked.text
        shown = browser.post("/login", data={"login": "viewer", "password": PASSWORD, "kept": kept_in(asked.text)})
    assert 'enctype="multipart/form-data"' in shown.text
    assert re.findall(r'<input type="file" name="(\w+)"', shown.text) == ["photo"]


def test_what_is_too_long_to_be_kept_is_said_to_be(untouched: Site) -> None:
    with untouched.browser("viewer") as browser:
        asked = lost(untouched, browser, name="x" * MOST)
    assert (asked.status_code, "too long to be kept" in asked.text) == (401, True)
    assert 'name="kept"' not in asked.text


@pytest.mark.parametrize("csrf", ["", "0" * 64, f"{'0' * 64}.{'0' * 64}"])
def test_a_form_that_no_page_of_this_browser_made_is_not_kept(untouched: Site, csrf: str) -> None:
    with untouched.browser("viewer") as browser:
        assert browser.post("/account", data={"csrf": csrf, "name": "X"}).status_code == 403
        untouched.clock.now += IDLE
        refused = browser.post("/account", data={"csrf": csrf, "name": "X"})
        assert (refused.status_code, refused.headers["location"]) == (303, "/login")


def test_a_form_that_another_browser_kept_is_not_shown(untouched: Site) -> None:
    with untouched.browser("viewer") as browser, untouched.browser("county") as other:
        kept = kept_in(lost(untouched, browser, name="X").text)
        other.post("/login", data={"login": "county", "password": PASSWORD})
        assert other.post("/resume", data={"kept": kept}).status_code == 303
        answer = other.post("/login", data={"login": "county", "password": PASSWORD, "kept": kept})
        assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_form_with_a_password_in_it_is_neither_kept_nor_shown(untouched: Site) -> None:
    typed = {"old_password": PASSWORD, "new_password": "another long password"}
    with untouched.browser("viewer") as browser:
        csrf = form_of(browser.get("/account").text)
        browser.post("/login", data={"login": "viewer", "password": PASSWORD})
        for status in (403, 303):
            answer = browser.post("/account/password", data={"csrf": csrf, **typed})
            assert answer.status_code == status
            assert "another long password" not in answer.text
            untouched.clock.now += IDLE


@pytest.mark.parametrize("kept", ["", "x", "e30.x", "\ufffd", "x" * 100_000])
def test_a_kept_form_that_was_made_up_is_none(untouched: Site, kept: str) -> None:
    with untouched.browser("viewer") as browser:
        assert browser.post("/resume", data={"kept": kept}).status_code == 303


def test_the_form_of_another_site_logs_nobody_in(untouched: Site) -> None:
    with untouched.browser() as browser:
        for where, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 303), ("none", 303)):
            data, headers = {"login": "viewer", "password": PASSWORD}, {"Sec-Fetch-Site": where}
            assert browser.post("/login", data=data, headers=headers).status_code == status


def test_a_page_that_needs_a_login_is_come_back_to_with_its_question(untouched: Site) -> None:
    with untouched.browser() as browser:
        asked = browser.get("/account?a=b&next=//evil.example")
        assert asked.headers["location"] == "/login?next=/account%3Fa%3Db%26next%3D//evil.example"
        assert 'name="next" value="/account?a=b&amp;next=//evil.example"' in browser.get(asked.headers["location"]).text
