"""The own account."""

import re
from datetime import timedelta

import httpx
import pytest

from actions.access.callers import find_by_token
from actions.add_token import NewToken, add_token
from actions.reading.users import read_user
from config.vocabulary import Language, TokenScope
from rules.throttling import FOR_LOGIN
from tests.web.forms import problems_of
from tests.web.sites import NOW, PASSWORD, Site, form_of

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
NEW = "another long password"
SCOPES = {"scope-read": "yes", "scope-answer": "yes"}


@pytest.mark.parametrize(
    ("path", "typed", "at"),
    [
        ("/account", {"name": " ", "language": "fr"}, ["about-name", "about-language"]),
        (
            "/account/password",
            {"old_password": "x", "new_password": NEW, "new_password_again": "y"},
            ["password-new_password_again"],
        ),
        (
            "/account/password",
            {"old_password": "x", "new_password": NEW, "new_password_again": NEW},
            ["password-old_password"],
        ),
        ("/account/password", {"old_password": "x"}, ["password-new_password"]),
        ("/account/tokens", {"token": "", "days": "0"}, ["tokens-token", "tokens-scopes", "tokens-days"]),
    ],
)
def test_what_is_wrong_is_said_at_its_field(untouched: Site, path: str, typed: dict[str, str], at: list[str]) -> None:
    with untouched.browser("viewer") as browser:
        page = sent(browser, path, **typed).text
    assert sorted(problems_of(page)) == sorted(at)
    assert NEW not in page


def passwords(old: str, new: str, again: str | None = None) -> dict[str, str]:
    """What is typed to change a password."""
    return {"old_password": old, "new_password": new, "new_password_again": new if again is None else again}


def sent(browser: httpx.Client, path: str, **typed: object) -> httpx.Response:
    return browser.post(path, data={"csrf": form_of(browser.get("/account").text), **typed})


@ONE
def test_name_and_language_are_ones_own(site: Site) -> None:
    with site.browser("viewer") as browser:
        assert sent(browser, "/account", name=" 王五 ", language="zh").status_code == 303
        page = browser.get("/account").text
    assert 'lang="zh-Hans"' in page
    assert "王五" in page
    assert read_user(site.house, "viewer").language is Language.ZH


def test_a_new_password_logs_out_everywhere_and_the_old_one_is_worth_nothing(site: Site) -> None:
    with site.browser("viewer") as browser, site.browser("viewer") as elsewhere:
        assert sent(browser, "/account/password", **passwords(PASSWORD, NEW)).status_code == 303
        assert [other.get("/account").status_code for other in (browser, elsewhere)] == [303, 303]
        assert browser.post("/login", data={"login": "viewer", "password": PASSWORD}).status_code == 401
        assert browser.post("/login", data={"login": "viewer", "password": NEW}).status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", NEW, NEW, "the old password is wrong"),
        (PASSWORD, NEW, NEW + "x", "typed in two ways"),
        (PASSWORD, "short", "short", "from 10 to 200 characters"),
        (PASSWORD, "x" * 201, "x" * 201, "from 10 to 200 characters"),
        (PASSWORD, "a\0b" * 9, "a\0b" * 9, "a character in it that cannot be kept"),
        ("", NEW, NEW, "the old password is wrong"),
        ("", "", "", "from 10 to 200 characters"),
    ],
)
def test_a_password_that_cannot_be_is_refused_at_its_form(
    untouched: Site, old: str, new: str, again: str, said: str
) -> None:
    with untouched.browser("viewer") as browser:
        refused = sent(browser, "/account/password", **passwords(old, new, again))
        assert (refused.status_code, said in refused.text) == (422, True)
        assert browser.get("/account").status_code == 200


@ONE
def test_guessing_the_old_password_has_to_wait_like_logging_in(site: Site) -> None:
    with site.browser("viewer") as browser:
        for _ in range(FOR_LOGIN.free):
            assert sent(browser, "/account/password", **passwords("wrong", NEW)).status_code == 422
        refused = sent(browser, "/account/password", **passwords(PASSWORD, NEW))
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "30")


@ONE
def test_the_browsers_are_listed_and_the_others_logged_out(site: Site) -> None:
    phone = "Mozilla/5.0 (Linux; Android 14; V2309A) Chrome/126 Mobile Safari/537.36 MicroMessenger/8.0.50"
    with site.browser() as elsewhere, site.browser("viewer") as browser:
        elsewhere.headers["User-Agent"] = phone
        elsewhere.post("/login", data={"login": "viewer", "password": PASSWORD})
        page = browser.get("/account").text
        assert re.findall(r"<strong>(.*?)</strong>(?:\s*<span class=\"badge good\">(.*?)<)?", page) == [
            ("WeChat, Android", ""),
            (f"python-httpx/{httpx.__version__}", "this one"),
        ]
        assert sent(browser, "/account/log-out-elsewhere").status_code == 303
        assert (browser.get("/account").status_code, elsewhere.get("/account").status_code) == (200, 303)
        assert "Log out everywhere else" not in browser.get("/account").text


@ONE
def test_logging_in_again_in_a_browser_leaves_one_login(site: Site) -> None:
    with site.browser("viewer") as browser:
        browser.post("/login", data={"login": "viewer", "password": PASSWORD})
        assert browser.get("/account").text.count("<strong>") == 1


@ONE
def test_a_token_is_shown_once_and_revoked(site: Site) -> None:
    with site.browser("officer") as browser:
        made = sent(browser, "/account/tokens", token="<b>figures", days="30", **SCOPES)
        secret = re.findall(r'<code class="secret">(.*?)</code>', made.text)[0]
        assert find_by_token(site.house, secret, now=site.clock.now)
        page = browser.get("/account").text
        assert secret not in page
        assert "&lt;b&gt;figures" in page
        (revoke,) = re.findall(r"/account/tokens/\d+/revoke", page)
        assert sent(browser, revoke).status_code == 303
        assert sent(browser, revoke).status_code == 303
        assert find_by_token(site.house, secret, now=site.clock.now) is None
        assert "&lt;b&gt;figures" not in browser.get("/account").text


def test_a_token_of_somebody_else_is_none(untouched: Site) -> None:
    add_token(untouched.house, "county", NewToken("x", frozenset({TokenScope.READ}), timedelta(days=1)), now=NOW)
    with untouched.browser("viewer") as browser:
        refused = sent(browser, "/account/tokens/1/revoke")
    assert (refused.status_code, "you have none of this number" in refused.text) == (404, True)


@pytest.mark.parametrize(
    ("path", "typed", "said"),
    [
        ("/account", {"name": ""}, "from 1 to 200 characters"),
        ("/account", {"name": "x" * 201}, "from 1 to 200 characters"),
        ("/account", {"name": "a\0b"}, "cannot be shown"),
        ("/account", {}, "from 1 to 200 characters"),
        ("/account", {"name": "x", "language": "fr"}, "is not in the list"),
        ("/account/tokens", {"token": "", **SCOPES}, "from 1 to 100 characters"),
        ("/account/tokens", {"token": "t"}, "choose at least one"),
        ("/account/tokens", {"token": "t", "scope-everything": "yes"}, "choose at least one"),
        ("/account/tokens", {"token": "t", "days": "367", **SCOPES}, "is not in the list"),
        ("/account/tokens", {"token": "t", "days": "9" * 5000, **SCOPES}, "is not in the list"),
        ("/account/tokens/99999999999999999999/revoke", {}, "could not be read"),
        ("/account/tokens/0/revoke", {}, "could not be read"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    untouched: Site, path: str, typed: dict[str, str], said: str
) -> None:
    with untouched.browser("viewer") as browser:
        refused = sent(browser, path, unknown="field", **typed)
    assert (refused.status_code, said in refused.text) == (422, True)
    assert read_user(untouched.house, "viewer").name == "viewer 某"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", b"csrf=%FF%FE&name=%00\xff"),
        ("application/json", b'{"csrf": 1}'),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nnot a part"),
        ("text/plain; charset=nothing", b"\xff\xfe"),
        ("application/x-www-form-urlencoded", b"&".join(b"a=b" for _ in range(2_000))),
    ],
    ids=["not UTF-8", "JSON", "no boundary", "half a part", "text", "too many fields"],
)
def test_a_body_that_is_no_form_is_no_trouble(site: Site, content_type: str, body: bytes) -> None:
    with site.browser("coordinator") as browser, site.browser() as stranger:
        for path in ("/account", "/account/tokens", "/login", "/resume", "/language", "/users"):
            for client in (browser, stranger):
                answer = client.post(path, content=body, headers={"Content-Type": content_type})
                assert answer.status_code < 500, path


def test_the_language_is_switched_without_a_login_and_stays(untouched: Site) -> None:
    with untouched.browser() as browser:
        page = browser.get("/login?next=/audit").text
        assert ('lang="en"' in page, "中文" in page) == (True, True)
        answer = browser.post("/language", data={"language": "zh", "next": "/login?next=/audit"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=/audit")
        assert 'lang="zh-Hans"' in browser.get("/login").text
        for language, where in (("fr", "//evil.example"), ("", "x" * 5000), ("zh\0", "/a\r\nSet-Cookie: a=b")):
            answer = browser.post("/language", data={"language": language, "next": where})
            assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert 'lang="zh-Hans"' in browser.get("/login").text
