"""Single sign-on, against a provider of OpenID Connect that keeps to its documents."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from actions.add_user import NewUser, add_user
from actions.house import House
from actions.reading.users import read_user
from actions.switch_user import switch_user
from config.settings import Settings
from config.vocabulary import UserRole, UserStatus
from models.database import connect
from tests.databases import Databases
from tests.factories import LAUNCH_DAY, a_registered_house
from tests.peers.openid import CLIENT, SECRET, OpenIdProvider, Person, a_key, an_openid_provider
from tests.peers.server import Answer
from tests.web.sites import NOW, Site, a_site
from web.identity.provider import LASTS

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SOON = int(NOW.timestamp())


@pytest.fixture(scope="module")
def running() -> Iterator[OpenIdProvider]:
    with an_openid_provider(NOW) as provider:
        yield provider


@pytest.fixture
def provider(running: OpenIdProvider) -> OpenIdProvider:
    """The provider as it begins, with the first person at its page."""
    running.begin_anew()
    return running


@pytest.fixture
def site(engine: Engine, tmp_path: Path, provider: OpenIdProvider) -> Iterator[Site]:
    with a_site(with_single_sign_on(a_registered_house(engine, tmp_path / "home"), provider)) as site:
        yield site


@pytest.fixture(scope="module")
def closed(databases: Databases, tmp_path_factory: pytest.TempPathFactory, running: OpenIdProvider) -> Iterator[Site]:
    """A site for all tests after which everything is as it was."""
    folder = tmp_path_factory.mktemp("closed")
    with databases.fresh("sqlite", folder) as url:
        engine = connect(url)
        with a_site(with_single_sign_on(a_registered_house(engine, folder / "home"), running)) as site:
            yield site
        engine.dispose()


def with_single_sign_on(house: House, provider: OpenIdProvider) -> House:
    """Set up the provider, and add a user by subject and one by a login that is an address."""
    for new in (
        NewUser("li", "李", UserRole.COORDINATOR, subject="person-1"),
        NewUser("wang@example.org", "王", UserRole.VIEWER, "a password to log in", "U1"),
    ):
        add_user(house, new, actor="test", now=LAUNCH_DAY)
    known = {"oidc_issuer": provider.origin, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
    settings = Settings.model_validate(house.settings.model_dump() | known)
    return replace(house, settings=settings)


def sent_to(browser: httpx.Client, next_page: str = "/") -> str:
    """Where a browser is sent that asks for single sign-on."""
    answer = browser.get("/login/sso", params={"next": next_page})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def logged_in(browser: httpx.Client, provider: OpenIdProvider, next_page: str = "/") -> httpx.Response:
    return browser.get(provider.authorize(sent_to(browser, next_page)))


@ONE
def test_the_login_page_offers_it_where_it_is_set_up(site: Site) -> None:
    with site.browser() as browser:
        assert 'href="/login/sso?next=/audit"' in browser.get("/login", params={"next": "/audit"}).text
    with a_site(replace(site.house, settings=Settings(home=site.house.home))) as without, without.browser() as browser:
        assert "/login/sso" not in browser.get("/login").text
        assert browser.get("/login/sso").status_code == 404
        assert browser.get("/login/sso/back").status_code == 404


def test_whom_the_provider_proves_is_let_in_by_subject_and_goes_on(site: Site, provider: OpenIdProvider) -> None:
    with site.browser() as browser:
        answer = logged_in(browser, provider, "/account")
        assert (answer.status_code, answer.headers["location"]) == (303, "/account")
        assert "李" in browser.get("/account").text


@ONE
def test_at_first_a_verified_address_that_is_a_login_is_taken_and_then_the_subject(
    site: Site, provider: OpenIdProvider
) -> None:
    provider.person = Person("person-2", "Wang@example.org")
    with site.browser() as browser:
        assert logged_in(browser, provider).status_code == 303
    assert read_user(site.house, "wang@example.org").subject == "person-2"
    provider.person = Person("person-2", "another@example.org")
    with site.browser() as browser:
        assert logged_in(browser, provider).status_code == 303
    provider.person = Person("person-3", "wang@example.org")
    with site.browser() as browser:
        assert logged_in(browser, provider).status_code == 401


NOBODY = "nobody here is known by your single sign-on"


@pytest.mark.parametrize(
    "person",
    [
        Person("stranger"),
        Person("stranger", "stranger@example.org"),
        Person("stranger", "wang@example.org", email_verified=False),
        Person("stranger", "wang@example.org", claims={"email_verified": "true"}),
        Person("stranger", claims={"email": ["wang@example.org"]}),
    ],
    ids=["unknown", "unknown address", "address not verified", "a word for verified", "addresses"],
)
def test_nobody_is_let_in_who_is_not_here_and_nobody_is_added(
    closed: Site, provider: OpenIdProvider, person: Person
) -> None:
    provider.person = person
    with closed.browser() as browser:
        answer = logged_in(browser, provider)
        assert (answer.status_code, NOBODY in answer.text) == (401, True)
        assert browser.get("/").status_code == 303


@ONE
def test_a_disabled_user_is_not_let_in(site: Site, provider: OpenIdProvider) -> None:
    new = NewUser("chen", "陈", UserRole.COORDINATOR, "a password to log in")
    add_user(site.house, new, actor="test", now=LAUNCH_DAY)
    switch_user(site.house, "li", UserStatus.DISABLED, actor="test", now=NOW)
    with site.browser() as browser:
        answer = logged_in(browser, provider)
    assert (answer.status_code, NOBODY in answer.text) == (401, True)


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another client"},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"aud": None},
        {"iss": "https://another.example.org"},
        {"exp": SOON - 3600},
        {"exp": None},
        {"exp": "never"},
        {"iat": SOON + 3600},
        {"sub": None},
        {"sub": 7},
        {"at_hash": "another"},
    ],
    ids=lambda claims: " ".join(f"{name}={value}" for name, value in claims.items()),
)
def test_an_id_token_that_does_not_hold_lets_nobody_in(
    closed: Site, provider: OpenIdProvider, claims: dict[str, Any]
) -> None:
    provider.person = Person(claims=claims)
    with closed.browser() as browser:
        answer = logged_in(browser, provider)
        assert (answer.status_code, "does not hold (" in answer.text) == (401, True)
        assert browser.get("/").status_code == 303


def test_another_signature_lets_nobody_in(closed: Site, provider: OpenIdProvider) -> None:
    provider.signs_with = a_key("somebody else's")
    with closed.browser() as browser:
        assert "does not hold (bad_signature" in logged_in(browser, provider).text


@ONE
def test_an_answer_is_taken_once_by_the_browser_that_asked_for_it_in_time(site: Site, provider: OpenIdProvider) -> None:
    with site.browser() as browser, site.browser() as other:
        back = provider.authorize(sent_to(browser))
        assert "did not begin it" in other.get(back).text
        sent_to(other)
        assert "did not begin it" in other.get(back).text
        assert browser.get(back).status_code == 303
        assert "did not begin it" in browser.get(back).text
        late = provider.authorize(sent_to(browser))
        site.clock.now += LASTS
        assert "too long ago" in browser.get(late).text


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example", "/\\evil.example", "/\tevil"])
def test_it_leads_to_no_other_site(closed: Site, provider: OpenIdProvider, next_page: str) -> None:
    with closed.browser() as browser:
        assert logged_in(browser, provider, next_page).headers["location"] == "/"


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/.well-known/openid-configuration", Answer(500)),
        ("/.well-known/openid-configuration", Answer(200, b"<html>")),
        ("/.well-known/openid-configuration", Answer.of([])),
        ("/.well-known/openid-configuration", Answer.of({"issuer": "https://another.example.org"})),
        ("/token", Answer.of({"error": "invalid_grant"}, 400)),
        ("/token", Answer.of({"access_token": "at"})),
        ("/token", Answer(hang_up=True)),
        ("/keys", Answer.of({"keys": []})),
        ("/keys", Answer.of({"keys": "none"})),
        ("/keys", Answer.of({})),
    ],
    ids=lambda value: value if isinstance(value, str) else value.body.decode()[:20],
)
def test_a_provider_in_trouble_is_said_in_one_line_on_the_login_page(
    closed: Site, provider: OpenIdProvider, path: str, answer: Answer
) -> None:
    with closed.browser() as browser:
        back = provider.authorize(sent_to(browser))
        provider.answers[path] = answer
        refused = browser.get(back)
    assert refused.status_code == 401
    assert 'role="alert">single sign-on: ' in refused.text


def test_a_provider_that_says_no_is_quoted_as_text(closed: Site, provider: OpenIdProvider) -> None:
    with closed.browser() as browser:
        state = sent_to(browser).split("state=")[1].split("&")[0]
        answer = browser.get("/login/sso/back", params={"state": state, "error": "<b>access_denied"})
    assert "the provider said no (&lt;b&gt;access_denied)" in answer.text
