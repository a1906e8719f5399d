"""Too many wrong passwords: what the login page says, and whose address counts."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from fastapi import Request
from sqlalchemy import Engine

from actions.access.tries import begin_try
from config.settings import Settings
from rules.throttling import FOR_ADDRESS, FOR_LOGIN
from tests.factories import a_registered_house
from tests.peers.server import LOOPBACK
from tests.web.sites import NOW, PASSWORD, Site, a_site, with_users
from web.identity.peers import address_of_peer

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def try_it(site: Site, password: str, forwarded: str | None = None, language: str = "en") -> httpx.Response:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    with site.browser() as browser:
        browser.headers["Accept-Language"] = language
        return browser.post("/login", data={"login": "viewer", "password": password}, headers=headers)


@ONE
@pytest.mark.parametrize(("language", "said"), [("en", "try again in 30 s"), ("zh", "请在 30 秒后再试")])
def test_who_has_to_wait_is_told_until_when_in_their_language(site: Site, language: str, said: str) -> None:
    for _ in range(FOR_LOGIN.free):
        begin_try(site.house, "viewer", "192.0.2.1", now=NOW)
    answer = try_it(site, PASSWORD, language=language)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "30")
    assert said in answer.text
    site.clock.now += FOR_LOGIN.first
    assert try_it(site, PASSWORD).status_code == 303


@ONE
@pytest.mark.parametrize(
    ("proxies", "status"), [((), 429), ((LOOPBACK,), 303)], ids=["nobody's word is taken", "the proxy's word is taken"]
)
def test_who_asks_is_the_peer_unless_a_proxy_of_the_operators_says_otherwise(
    engine: Engine, tmp_path: Path, proxies: tuple[object, ...], status: int
) -> None:
    house = with_users(a_registered_house(engine, tmp_path / "home"))
    settings = Settings.model_validate(house.settings.model_dump() | {"proxies": [*map(str, proxies)]})
    for number in range(FOR_ADDRESS.free):
        begin_try(house, f"nobody{number}", "127.0.0.1", now=NOW)
    with a_site(replace(house, settings=settings)) as site:
        assert try_it(site, PASSWORD, forwarded="192.0.2.1").status_code == status


@pytest.mark.parametrize(
    ("peer", "counted_as"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("what a proxy made up" * 10, ("what a proxy made up" * 10)[:100]),
        (None, ""),
    ],
)
def test_an_address_counts_with_those_that_one_place_can_change_at_will(peer: str | None, counted_as: str) -> None:
    request = Request({"type": "http", "client": (peer, 1) if peer else None})
    assert address_of_peer(request) == counted_as
