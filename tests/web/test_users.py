"""Users, as a coordinator of everything keeps them."""

import re
from html import unescape

import httpx
import pytest

from actions.reading.users import read_user, read_users
from config.vocabulary import EventKind, UserRole, UserStatus
from tests.records import events_of, facts
from tests.web.forms import problems_of
from tests.web.sites import PASSWORD, Site, form_of

NEW = "another long password"
NEW_PASSWORD = {"old_password": PASSWORD, "new_password": NEW, "new_password_again": NEW}
ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def sent(browser: httpx.Client, path: str, **typed: str) -> httpx.Response:
    return browser.post(path, data={"csrf": form_of(browser.get("/users").text), **typed})


def password_in(page: str) -> str:
    (password,) = re.findall(r'<code class="secret">(.*?)</code>', page)
    return password


def test_a_user_is_added_with_a_password_that_is_shown_once(site: Site) -> None:
    with site.browser("coordinator") as browser:
        added = sent(browser, "/users", login="Li-Si", name="李四", role="group", unit="第1区", language="zh")
        password = password_in(added.text)
        assert "李四" in browser.get("/users").text
        assert password not in browser.get("/users/li-si").text
    with site.browser() as browser:
        assert browser.post("/login", data={"login": "li-si", "password": password}).status_code == 303
        assert browser.get("/users").status_code == 403
    state = read_user(site.house, "li-si")
    assert (state.role, state.unit, state.status) == (UserRole.GROUP, "U1", UserStatus.ACTIVE)


@pytest.mark.parametrize("login", ["county", "group", "officer", "viewer"])
def test_nobody_else_keeps_users(untouched: Site, login: str) -> None:
    with untouched.browser(login) as browser:
        csrf = form_of(browser.get("/account").text)
        assert browser.get("/users").status_code == 403
        assert browser.get("/users/coordinator").status_code == 403
        for path, typed in (
            ("/users", {"login": "x", "name": "X", "role": "coordinator"}),
            (f"/users/{login}", {"name": "X", "role": "coordinator"}),
            ("/users/coordinator/status", {"status": "disabled"}),
            ("/users/coordinator/password", {}),
        ):
            assert browser.post(path, data={"csrf": csrf, **typed}).status_code == 403
    assert len(read_users(untouched.house)) == 5
    with untouched.browser("coordinator") as browser:
        assert browser.get("/").status_code == 200


@ONE
def test_a_user_gets_another_role_and_scope_from_the_next_page_on(site: Site) -> None:
    with site.browser("viewer") as theirs, site.browser("coordinator") as browser:
        assert theirs.get("/users").status_code == 403
        changed = sent(browser, "/users/viewer", name="看 某", role="coordinator")
        assert (changed.status_code, changed.headers["location"]) == (303, "/users/viewer?told=saved")
        assert theirs.get("/users").status_code == 200
    (event,) = events_of(site.house, EventKind.USER_CHANGED)
    assert (event.actor, event.subject) == ("coordinator", "user viewer")
    assert facts(event.before) == {"name": "viewer 某", "role": "viewer", "unit": "U1", "officer": None}
    assert facts(event.after) == {"name": "看 某", "role": "coordinator", "unit": None, "officer": None}


@ONE
def test_who_becomes_an_officer_sees_that_officers_branches(site: Site) -> None:
    with site.browser("coordinator") as browser:
        assert sent(browser, "/users/viewer", name="v", role="officer", officer="OU2-1").status_code == 303
    assert read_user(site.house, "viewer").officer == "OU2-1"


@ONE
def test_a_disabled_user_is_logged_out_and_let_in_again_when_enabled(site: Site) -> None:
    with site.browser("viewer") as theirs, site.browser("coordinator") as browser:
        assert sent(browser, "/users/viewer/status", status="disabled").status_code == 303
        assert theirs.get("/account").status_code == 303
        credentials = {"login": "viewer", "password": PASSWORD}
        assert theirs.post("/login", data=credentials).status_code == 401
        assert sent(browser, "/users/viewer/status", status="active").status_code == 303
        assert theirs.get("/account").status_code == 303, "the old login has ended for good"
        assert theirs.post("/login", data=credentials).status_code == 303


@ONE
def test_a_new_password_logs_the_user_out(site: Site) -> None:
    with site.browser("viewer") as theirs, site.browser("coordinator") as browser:
        password = password_in(sent(browser, "/users/viewer/password").text)
        assert theirs.get("/account").status_code == 303
        assert theirs.post("/login", data={"login": "viewer", "password": PASSWORD}).status_code == 401
        assert theirs.post("/login", data={"login": "viewer", "password": password}).status_code == 303


@ONE
@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/users/coordinator/status", {"status": "disabled"}),
        ("/users/coordinator", {"name": "C", "role": "viewer"}),
        ("/users/coordinator", {"name": "C", "role": "coordinator", "unit": "U1"}),
    ],
    ids=["disabled", "another role", "a part of the tree"],
)
def test_the_last_coordinator_of_everything_stays_one(site: Site, path: str, typed: dict[str, str]) -> None:
    with site.browser("coordinator") as browser:
        refused = sent(browser, path, **typed)
        assert (refused.status_code, "is the last coordinator of everything" in refused.text) == (422, True)
        sent(browser, "/users", login="second", name="二", role="coordinator")
        assert sent(browser, path, **typed).status_code == 303


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"login": "viewer"}, "user viewer: is there already"),
        ({"login": ""}, "login : use letters"),
        ({"login": "x" * 101}, "use letters, digits"),
        ({"login": "<b>"}, "login &lt;b&gt;: use letters"),
        ({"login": "a\0b"}, "use letters, digits"),
        ({"name": " "}, "from 1 to 200 characters"),
        ({"name": "x" * 201}, "from 1 to 200 characters"),
        ({"unit": "X"}, "unit X: not in the registry"),
        ({"unit": "x" * 100_000}, "has 100,000 characters"),
        ({"officer": "OU1-1"}, "an officer is named for the role officer alone"),
        ({"role": "officer"}, "an officer is named for the role officer alone"),
        ({"role": "officer", "officer": "X"}, "officer X: unknown"),
        ({"role": "group"}, "a group guides a unit"),
        ({"subject": "x" * 256}, "from 1 to 255 characters"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_is_said_beside_what_was_typed(untouched: Site, typed: dict[str, str], said: str) -> None:
    with untouched.browser("coordinator") as browser:
        refused = sent(browser, "/users", **({"login": "li", "name": "李 四", "role": "viewer"} | typed))
    assert (refused.status_code, said in refused.text) in ((422, True), (404, True))
    assert "name" in typed or "李 四" in refused.text
    assert len(read_users(untouched.house)) == 5


def test_all_that_is_wrong_with_a_user_is_said_at_once(untouched: Site) -> None:
    wrong = {"login": "<b>", "name": " ", "role": "king", "unit": "x" * 201, "language": "la", "officer": "甲"}
    with untouched.browser("coordinator") as browser:
        answer = sent(browser, "/users", **wrong)
    assert answer.status_code == 422
    assert list(problems_of(answer.text)) == [f"new-{name}" for name in ("login", "name", "role", "unit", "language")]
    assert 'value="甲"' in answer.text


@pytest.mark.parametrize(
    ("method", "path", "typed", "status"),
    [
        ("GET", "/users/nobody", {}, 404),
        ("GET", "/users/a%00b", {}, 404),
        ("POST", "/users/nobody", {"name": "N", "role": "viewer"}, 404),
        ("POST", "/users/nobody/status", {"status": "disabled"}, 404),
        ("POST", "/users/a%00b/password", {}, 404),
        ("POST", "/users/viewer/status", {"status": "gone"}, 422),
        ("POST", "/users/viewer", {"name": "N", "role": "king"}, 422),
        ("POST", "/users/viewer", {"name": "N", "role": "viewer", "unit": "a\0b"}, (404, 422)),
        ("POST", "/users/viewer", {"name": "N", "role": "officer", "officer": "a\0b"}, (404, 422)),
        ("POST", "/users", {"login": "n", "name": "N"}, 422),
    ],
)
def test_what_is_not_there_is_said_to_be_unknown(
    site: Site, method: str, path: str, typed: dict[str, str], status: int | tuple[int, ...]
) -> None:
    with site.browser("coordinator") as browser:
        answer = browser.get(path) if method == "GET" else sent(browser, path, **typed)
    assert answer.status_code in (status if isinstance(status, tuple) else (status,))


@ONE
@pytest.mark.parametrize(
    ("address", "typed", "said"),
    [
        ("/users/viewer", {"name": "看 某", "role": "viewer"}, "Saved."),
        ("/users/viewer/status", {"status": "disabled"}, "The user is disabled and logged out everywhere."),
        ("/users/viewer/status", {"status": "active"}, "The user may log in again."),
        ("/account", {"name": "统筹", "language": "en"}, "Saved."),
        ("/account/log-out-elsewhere", {}, "Every other browser is logged out."),
        ("/account/feeds/revoke", {}, "The old addresses are void; these are the new ones."),
        (
            "/account/password",
            {"old_password": PASSWORD, "new_password": NEW, "new_password_again": NEW},
            "The password was changed. Log in with the new one.",
        ),
    ],
)
def test_what_was_done_is_said(site: Site, address: str, typed: dict[str, str], said: str) -> None:
    with site.browser("coordinator") as browser:
        answer = sent(browser, address, **typed)
        assert said in unescape(browser.get(answer.headers["location"]).text)
