"""Every address with every caller, against the table in `matrix`."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from typing import Any

import httpx
import pytest
from sqlmodel import col, select

from actions.add_evidence import NewEvidence, add_evidence
from actions.add_problem import Finding, add_problems
from actions.add_token import NewToken, add_token
from actions.ask_extension import Wish, ask_extension
from actions.enter import enter
from actions.silence import Request, silence
from config.vocabulary import LedgerCode, TokenScope
from models.database import snapshot
from models.officer import Channel, Officer
from notifications.links import LASTS, LinkClaim, sign_link
from tests import files
from tests.factories import at
from tests.ledgers.entries import an_entry
from tests.notifications.factories import About, a_notice
from tests.records import work_of
from tests.web.api.programs import ALL, a_token
from tests.web.matrix import LINKS, TOKENS, USERS, Row
from tests.web.matrix_rows import API_ROWS, LINK_ROWS, PAGE_ROWS
from tests.web.sites import NOW, Site, form_of
from web.assets import address_of as address_of_asset

TURNED_AWAY = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.GONE,
    HTTPStatus.TOO_MANY_REQUESTS,
}


@dataclass(frozen=True)
class Things:
    """What there is of each kind, for a branch: the numbers that addresses bear."""

    branch: str
    numbers: Mapping[str, int]

    def of(self, kind: str) -> str:
        return str(self.numbers[kind])

    @property
    def values(self) -> dict[str, str]:
        unit = self.branch.partition("-")[0]
        return {
            "campaign": "trial",
            "branch": self.branch,
            "unit": unit,
            "stage": "mobilization",
            "wave": "pilot",
            "task": "training",
            "officer": f"O{self.branch}",
            "ending": "docx",
            "login": "viewer",
            "ledger": "visits",
            "what": "overdue",
            "written_as": "csv",
            "name": address_of_asset("rollcall.css").rpartition("/")[2],
        }


@pytest.fixture(scope="module")
def things(untouched: Site) -> tuple[Things, Things]:
    """One of each kind for U1-1 and for U2-1."""
    return made_for(untouched, "U1-1"), made_for(untouched, "U2-1")


def made_for(site: Site, branch: str) -> Things:
    house = site.house
    file = NewEvidence(branch, "training", "a.png", BytesIO(files.PNG), NOW, "test")
    with snapshot(house.engine) as session:
        query = select(Channel.id).join(Officer, col(Officer.id) == Channel.officer_id)
        channel = session.exec(query.where(Officer.code == f"O{branch}")).one()
    visit = an_entry(LedgerCode.VISITS, place=branch, officer=None)
    own = NewToken("own", ALL, timedelta(days=30))
    add_token(house, "coordinator", own, now=NOW)
    numbers = {
        "evidence": add_evidence(house, "trial", [file])[0],
        "evidence to remove": add_evidence(house, "trial", [replace(file, content=BytesIO(files.PDF))])[0],
        "problem": add_problems(house, "trial", [Finding(branch, "找到的", NOW, "test")])[0],
        "request": ask_extension(
            house, "trial", Wish(branch, "training", at("2009-10-20 00:00").date(), "忙"), actor="test", now=NOW
        ),
        "silence": silence(house, Request(at("2009-09-18 00:00"), "停", branch=branch), actor="test", now=NOW),
        "notice": a_notice(
            house, f"O{branch}", [About(branch)], sends_from=at("2009-09-15 08:30"), sends_until=at("2009-09-15 18:00")
        ),
        "visit": enter(house, "trial", [visit], actor="test", now=NOW)[0],
        "channel": channel,
        "token": 1,
        "assignment": work_of(house, branch, "training").id,
    }
    return Things(branch, numbers)


def address_of(row: Row, there: Things, **more: str) -> str:
    number = {"number": there.numbers[row.number]} if row.number else {}
    return row.address.format(**there.values | more, **number)


def is_let_in(row: Row, answer: httpx.Response) -> bool:
    sent_to_log_in = answer.headers.get("location", "").startswith("/login") and row.address != "/logout"
    return answer.status_code not in TURNED_AWAY and not sent_to_log_in


def cells(row: Row, answers: Sequence[httpx.Response]) -> str:
    broken = [answer for answer in answers if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR]
    assert not broken, f"{row}: {broken[0].text}"
    return "".join("✓" if is_let_in(row, answer) else "·" for answer in answers)


@pytest.fixture
def browsers(untouched: Site) -> Iterator[list[httpx.Client]]:
    """A browser for each column of users, each with a login of its own: some rows end them."""
    with ExitStack() as stack:
        yield [stack.enter_context(untouched.browser(None if who == "anonymous" else who)) for who in USERS]


@pytest.mark.parametrize("row", PAGE_ROWS, ids=str)
def test_a_page(row: Row, things: tuple[Things, Things], browsers: list[httpx.Client]) -> None:
    for there, expected in zip(things, (row.own, row.foreign), strict=True):
        if expected is not None:
            assert cells(row, [asked(row, browser, there) for browser in browsers]) == expected


def asked(row: Row, browser: httpx.Client, there: Things) -> httpx.Response:
    address = address_of(row, there)
    if row.method == "GET":
        return browser.get(address)
    page = browser.get("/account").text
    csrf = {"csrf": form_of(page)} if 'name="csrf"' in page else {}
    return browser.post(address, data={**csrf, **row.fields})


@pytest.fixture
def links(untouched: Site) -> Mapping[str, str]:
    """A token for each column of links, as they are signed now: a row of the pages revokes some."""
    with snapshot(untouched.house.engine) as session:
        epochs = dict(session.exec(select(Officer.code, Officer.link_epoch)).all())

    def token(officer: str, branch: str | None = None, *, ago: int = 0, lasts: timedelta = LASTS) -> str:
        claim = LinkClaim(officer, epochs[officer] - ago, NOW + lasts, branch)
        return sign_link(untouched.house.seal.derive("links"), claim)

    return {
        "own": token("OU1-1"),
        "branch": token("OU1-1", "U1-1"),
        "foreign": token("OU2-1"),
        "expired": token("OU1-1", lasts=timedelta(0)),
        "revoked": token("OU1-1", ago=1),
        "broken": "no-link",
    }


@pytest.mark.parametrize("row", LINK_ROWS, ids=str)
def test_an_address_under_a_link(
    row: Row, untouched: Site, things: tuple[Things, Things], links: Mapping[str, str]
) -> None:
    with untouched.browser() as browser:
        answers = []
        for who in LINKS:
            address = address_of(row, things[0], token=links[who])
            answers.append(browser.get(address) if row.method == "GET" else browser.post(address, data=row.fields))
    assert cells(row, answers) == row.own


@pytest.fixture(scope="module")
def programs(untouched: Site) -> Iterator[list[httpx.Client]]:
    """A program for each column of tokens."""
    reader = add_token(
        untouched.house, "coordinator", NewToken("r", frozenset({TokenScope.READ}), timedelta(days=30)), now=NOW
    )
    old = add_token(untouched.house, "coordinator", NewToken("o", ALL, timedelta(days=1)), now=at("2009-09-01 09:00"))
    secrets = {"none": None, "expired": old, "reader": reader}
    with ExitStack() as stack:
        clients = []
        for who in TOKENS:
            secret = secrets[who] if who in secrets else a_token(untouched, who)
            headers = {"Authorization": f"Bearer {secret}"} if secret else {}
            clients.append(
                stack.enter_context(
                    httpx.Client(base_url=untouched.address, headers=headers, trust_env=False, timeout=60)
                )
            )
        yield clients


@pytest.mark.parametrize("row", API_ROWS, ids=str)
def test_an_operation(row: Row, things: tuple[Things, Things], programs: list[httpx.Client]) -> None:
    for there, expected in zip(things, (row.own, row.foreign), strict=True):
        if expected is None:
            continue
        answers = []
        for program in programs:
            address = address_of(row, there, assignment=there.of("assignment"), notice=there.of("notice"))
            answers.append(program.get(address) if row.method == "GET" else program.post(address, json=row.fields))
        assert cells(row, answers) == expected


def routes_of(app: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Every method and address of an application, HEAD apart: it is GET without its body."""
    for route in app.routes:
        if (included := getattr(route, "original_router", None)) is not None:
            yield from routes_of(included, before + route.include_context.prefix)
        elif (methods := getattr(route, "methods", None)) is not None:
            yield from ((method, before + route.path) for method in methods - {"HEAD"})
        else:
            yield from routes_of(route, before + route.path)


def test_every_address_has_a_row(untouched: Site) -> None:
    from web.app import create_app

    there = set(routes_of(create_app(untouched.house, untouched.clock)))
    written = {(row.method, row.address) for row in (*PAGE_ROWS, *LINK_ROWS, *API_ROWS)}
    assert there - written == set()
    assert written - there == set()
