"""What those who run the service ask, and who is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, text

from tests.factories import a_house_at_work
from tests.web.sites import PASSWORD, Site, a_site, with_users

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
TOKEN = "a token for programs"


def test_a_site_at_work_is_up_and_ready(site: Site) -> None:
    with site.browser() as browser:
        assert (browser.get("/healthz").text, browser.get("/readyz").text) == ("ok\n", "ready\n")


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("UPDATE alembic_version SET version_num = '0001'", "the database waits for `rollcall db upgrade`\n"),
        ("UPDATE alembic_version SET version_num = '9999'", "the database is of a newer version\n"),
    ],
)
def test_a_site_whose_database_is_of_another_version_is_up_but_not_ready(site: Site, wrong: str, why: str) -> None:
    with site.house.engine.begin() as connection:
        connection.execute(text(wrong))
    with site.browser() as browser:
        answer = browser.get("/readyz")
        assert (answer.status_code, answer.text) == (503, why)
        assert browser.get("/healthz").status_code == 200


@ONE
def test_a_site_that_has_lost_its_database_says_so_and_goes_on_counting(site: Site) -> None:
    file = Path(str(site.house.engine.url.database))
    site.house.engine.dispose()
    file.rename(file.with_suffix(".away"))
    file.mkdir()
    with site.browser() as browser:
        answer = browser.get("/readyz")
        assert (answer.status_code, answer.text) == (503, "the database cannot be reached\n")
        figures = browser.get("/metrics").text
    assert "rollcall_database_up 0.0" in figures
    assert 'rollcall_http_requests_total{method="GET",route="/readyz",status="503"} 1.0' in figures


def test_the_metrics_tell_of_work_and_of_requests(site: Site) -> None:
    with site.browser("viewer") as browser:
        browser.get("/")
        browser.get("/nowhere")
    with site.browser() as browser:
        browser.post("/login", data={"login": "viewer", "password": "wrong"})
        browser.post("/login", data={"login": "viewer", "password": PASSWORD})
        figures = browser.get("/metrics").text.splitlines()
    assert {
        "rollcall_database_up 1.0",
        'rollcall_assignments{campaign="trial",status="open"} 12.0',
        'rollcall_assignments_overdue{campaign="trial"} 3.0',
        'rollcall_http_requests_total{method="GET",route="/",status="200"} 1.0',
        'rollcall_http_requests_total{method="GET",route="none",status="404"} 1.0',
        'rollcall_http_requests_total{method="POST",route="/login",status="303"} 1.0',
        'rollcall_http_request_seconds_count{method="POST",route="/login"} 2.0',
        "rollcall_failed_logins_total 1.0",
    } <= {*figures}


@ONE
@pytest.mark.parametrize(
    ("token", "headers", "status"),
    [
        pytest.param(None, {}, 200, id="this machine"),
        pytest.param(None, {"X-Forwarded-For": "203.0.113.7"}, 404, id="somebody behind a proxy on this machine"),
        pytest.param(None, {"Forwarded": "for=203.0.113.7"}, 404, id="the same by the other header"),
        pytest.param(TOKEN, {}, 404, id="this machine without the token"),
        pytest.param(TOKEN, {"Authorization": f"Bearer {TOKEN}x"}, 404, id="another token"),
        pytest.param(TOKEN, {"Authorization": f"Basic {TOKEN}"}, 404, id="another kind"),
        pytest.param(TOKEN, {"Authorization": f"bearer {TOKEN}"}, 200, id="the token"),
        pytest.param(
            TOKEN,
            {"Authorization": f"Bearer {TOKEN}", "X-Forwarded-For": "203.0.113.7"},
            200,
            id="the token through a proxy",
        ),
    ],
)
def test_the_metrics_are_for_this_machine_or_for_a_token(
    engine: Engine, tmp_path: Path, token: str | None, headers: dict[str, str], status: int
) -> None:
    with _site_with(engine, tmp_path, token) as site, site.browser() as browser:
        assert browser.get("/metrics", headers=headers).status_code == status


@ONE
@pytest.mark.parametrize(
    ("headers", "content"),
    [
        pytest.param({}, b"login=" + b"x" * 1_100_000, id="announced"),
        pytest.param({}, (b"x" * 100_000 for _ in range(11)), id="in pieces"),
    ],
)
def test_a_body_that_is_too_large_is_refused_in_the_readers_language(
    site: Site, headers: dict[str, str], content: object
) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    with site.browser() as browser:
        answer = browser.post("/login", headers=kind | headers, content=content)  # type: ignore[arg-type]
        assert answer.status_code == 413
        assert "too large to be taken" in answer.text
        assert browser.post("/login", data={"login": "viewer", "password": PASSWORD}).status_code == 303


@contextmanager
def _site_with(engine: Engine, folder: Path, token: str | None) -> Iterator[Site]:
    house = with_users(a_house_at_work(engine, folder / "home", branches=1))
    settings = house.settings.model_copy(update={"metrics_token": SecretStr(token) if token else None})
    with a_site(replace(house, settings=settings)) as site:
        yield site
