"""Who is let in to the API, how far, and in which language they are told."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text

from actions.add_token import NewToken, add_token
from config.vocabulary import TokenScope
from models.database import transaction
from tests.factories import LAUNCH_DAY
from tests.web.api.programs import API, a_program, a_token
from tests.web.sites import Site

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
OUTSIDE = (
    "/branches/{}",
    "/units/{}",
    "/assignments/{}",
    "/notices/{}",
    "/assignments?branch={}",
    "/assignments?unit={}",
    "/branches?unit={}",
    "/branches?officer={}",
    "/units?parent={}",
    "/notices?officer={}",
    "/campaigns/trial/progress?unit={}",
)


def ask(site: Site, path: str, **headers: str) -> httpx.Response:
    with httpx.Client(base_url=site.address + API, trust_env=False, timeout=60) as client:
        return client.get(path, headers=headers)


def test_without_a_good_token_nothing_is_told(site: Site) -> None:
    token = a_token(site, "viewer")
    for shown, challenge in (
        ({}, 'Bearer realm="rollcall"'),
        ({"Authorization": "Bearer nonsense"}, 'Bearer realm="rollcall", error="invalid_token"'),
        ({"Authorization": f"Basic {token}"}, 'Bearer realm="rollcall", error="invalid_token"'),
    ):
        refused = ask(site, "/campaigns", **shown)
        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, challenge)
        assert refused.headers["content-type"] == "application/problem+json"
    assert ask(site, "/campaigns", Authorization=f"Bearer {token}").status_code == 200


def test_a_token_that_has_expired_lets_nobody_in(site: Site) -> None:
    token = add_token(
        site.house, "viewer", NewToken("short", frozenset({TokenScope.READ}), timedelta(days=1)), now=LAUNCH_DAY
    )
    assert ask(site, "/campaigns", Authorization=f"Bearer {token}").status_code == 401


def test_the_cookie_of_a_browser_opens_nothing_here(site: Site) -> None:
    with site.browser("coordinator") as browser:
        assert browser.get("/").status_code == 200
        assert browser.get(f"{API}/campaigns").status_code == 401


def test_what_is_outside_the_scope_is_told_like_what_is_not_there(site: Site) -> None:
    with a_program(site, "county") as program, a_program(site, "coordinator") as everywhere:
        others = everywhere.get("/assignments?branch=U2-1").json()["items"][0]["assignment"]
        outside = {"branches": "U2-1", "units": "U2", "assignments": others, "notices": 4711}
        for pattern in OUTSIDE:
            named = {"branch=": "U2-1", "unit=": "U2", "parent=": "U2", "officer=": "OU2-1"}
            name = next((value for key, value in named.items() if key in pattern), None)
            name = name or outside[pattern.split("/")[1]]
            here = program.get(pattern.format(name))
            nowhere = program.get(pattern.format("4999" if str(name).isdigit() else "nowhere"))
            assert (here.status_code, nowhere.status_code) == (404, 404), pattern
            said, like = here.json(), nowhere.json()
            unnamed = said["detail"].replace(str(name), "?")
            assert unnamed == like["detail"].replace("4999", "?").replace("nowhere", "?")


def test_lists_hold_what_is_inside_the_scope(site: Site) -> None:
    for login, branches in (("coordinator", 6), ("county", 3), ("group", 3), ("viewer", 3), ("officer", 1)):
        with a_program(site, login) as program:
            assert len(program.get("/branches").json()["items"]) == branches, login
            assert len(program.get("/assignments").json()["items"]) == 2 * branches, login
            tally = program.get("/campaigns/trial/progress").json()["tally"]
            assert tally["total"] == 2 * branches, login


def test_a_token_does_what_its_scopes_and_its_user_may(site: Site) -> None:
    read, answer, steer = TokenScope.READ, TokenScope.ANSWER, TokenScope.STEER
    for login, scopes, expected in (
        ("coordinator", (read,), {"list": 200, "events": 200, "complete": 403, "retry": 403}),
        ("coordinator", (answer,), {"list": 200, "events": 403, "complete": 200, "retry": 403}),
        ("coordinator", (steer,), {"list": 200, "events": 200, "complete": 200, "retry": 404}),
        ("viewer", (read, answer, steer), {"list": 200, "events": 403, "complete": 403, "retry": 403}),
        ("officer", (answer,), {"list": 200, "events": 403, "complete": 200, "retry": 403}),
    ):
        with a_program(site, login, *scopes) as program:
            found = {
                "list": program.get("/assignments").status_code,
                "events": program.get("/events").status_code,
                "complete": program.post("/assignments/2/complete", json={}).status_code,
                "retry": program.post("/notices/1/retry").status_code,
            }
            assert found == expected, (login, scopes)
            program.post("/assignments/2/reopen", json={"reason": "x"})


def test_what_is_wrong_is_told_in_the_language_of_the_account_or_else_of_the_program(site: Site) -> None:
    assert ask(site, "/campaigns", **{"Accept-Language": "zh-CN"}).json()["title"] == "需要令牌"
    assert ask(site, "/campaigns", **{"Accept-Language": "en"}).json()["title"] == "A token is needed"
    with a_program(site, "viewer") as program:
        told = program.get("/assignments?limit=0", headers={"Accept-Language": "zh"}).json()
    assert told["errors"] == [{"place": "query.limit", "message": "must be at least 1"}]


def test_queries_are_bounded(site: Site) -> None:
    with a_program(site, "coordinator") as program:
        for query in ("limit=501", "limit=many", "cursor=-1", "unknown=1", "branch=" + "x" * 41, "branch=%00"):
            assert program.get(f"/assignments?{query}").status_code == 422, query
        for number in ("0", "-1", str(2**31), "one"):
            assert program.get(f"/assignments/{number}").status_code == 422, number


def test_what_is_not_there_and_what_is_not_taken_are_problems_too(site: Site) -> None:
    with a_program(site, "coordinator") as program:
        nowhere, taken = program.get("/nowhere"), program.put("/assignments", json={})
    assert (nowhere.status_code, nowhere.headers["content-type"]) == (404, "application/problem+json")
    assert (taken.status_code, taken.headers["allow"]) == (405, "GET")


def test_what_goes_wrong_here_is_owned_up_to(site: Site) -> None:
    with transaction(site.house.engine) as session:
        session.execute(text("DROP TABLE evidence"))
        session.execute(text("ALTER TABLE branch RENAME TO mislaid"))
    with a_program(site, "coordinator") as program:
        broken = program.get("/branches")
    assert (broken.status_code, broken.headers["content-type"]) == (500, "application/problem+json")
    assert "SELECT" not in broken.text
