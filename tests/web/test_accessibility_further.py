"""axe-core finds nothing either on pages that only a form or a link leads to, and on those of returns."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import httpx
import pytest

from config.vocabulary import Language
from models.database import connect
from tests.databases import Databases
from tests.factories import CAMPAIGN, at, registry_row
from tests.returns.houses import a_house_with_returns, answer_quarter
from tests.web.answering import BRANCH, SURVEY, a_link
from tests.web.browsing import LOCALES
from tests.web.sites import Site, a_site, form_of, with_users
from tests.web.test_accessibility import LOOKS, faults_of
from tests.web.test_registry_page import sheet

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

RETURNS = "/campaigns/returns/returns/q1"
Asked = Callable[[httpx.Client], httpx.Response]


def sending(page: str, address: str, file: bytes | None = None, **fields: str) -> Asked:
    """Send a form of a page, with a file where it asks for one."""

    def send(browser: httpx.Client) -> httpx.Response:
        data = {"csrf": form_of(browser.get(page).text), **fields}
        return browser.post(address, data=data, files={"file": ("file", file)} if file is not None else None)

    return send


def without_login(browser: httpx.Client) -> httpx.Response:
    """Send an answer when the login has ended meanwhile."""
    csrf = form_of(browser.get(SURVEY).text)
    browser.post("/logout", data={"csrf": csrf})
    return browser.post(f"{SURVEY}/complete", data={"csrf": csrf, "figure-members": "12", "note": "<b>"})


BY_FORM = [
    pytest.param(200, sending("/registry", "/registry/check", sheet(registry_row(1, 9))), id="registry looked at"),
    pytest.param(
        422, sending("/registry", "/registry/check", sheet(registry_row(1, 9, status="x"))), id="cells not taken"
    ),
    pytest.param(
        200,
        sending("/launch", "/launch/check", text=CAMPAIGN.replace("code: trial", "code: second")),
        id="campaign previewed",
    ),
    pytest.param(
        422,
        sending("/launch", "/launch/check", text=CAMPAIGN.replace("workdays", "worksdays")),
        id="campaign with faults",
    ),
    pytest.param(
        422,
        sending("/campaigns/trial/answers", "/campaigns/trial/answers/check", b"PK\x03\x04"),
        id="workbook that is none",
    ),
    pytest.param(200, sending("/users", "/users/viewer/password"), id="new password"),
    pytest.param(200, sending("/account", "/account/tokens", **{"token": "x", "scope-read": "yes"}), id="new token"),
    pytest.param(422, sending(SURVEY, f"{SURVEY}/complete", **{"figure-members": "x", "note": "a"}), id="wrong answer"),
    pytest.param(401, without_login, id="answer without a login"),
]


@pytest.fixture(scope="module")
def quarterly(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two quarters have opened; U1 has answered the first."""
    folder = tmp_path_factory.mktemp("quarterly")
    with databases.fresh("sqlite", folder) as url:
        engine = connect(url)
        house = with_users(a_house_with_returns(engine, folder / "home", opened=2))
        for branch in ("U1-1", "U1-2"):
            answer_quarter(house, branch, (1, 2, 0), trained=10)
        with a_site(house, at("2027-07-06 10:00")) as site:
            yield site
        engine.dispose()


def looking(chromium: "Browser", site: Site, scheme: str, width: int, language: Language) -> "BrowserContext":
    return chromium.new_context(
        base_url=site.address,
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": width, "height": 800},
        locale=LOCALES[language],
    )


@pytest.mark.parametrize(("scheme", "width"), [look[:2] for look in LOOKS])
@pytest.mark.parametrize(("status", "asked"), BY_FORM)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_on_what_a_form_is_answered_with(
    site: Site, chromium: "Browser", scheme: str, width: int, status: int, asked: Asked
) -> None:
    with site.browser("coordinator") as browser:
        answer = asked(browser)
        assert answer.status_code == status, answer.text
        cookies = [{"name": name, "value": value, "url": site.address} for name, value in browser.cookies.items()]
    context = looking(chromium, site, scheme, width, Language.EN)
    context.add_cookies(cookies)  # type: ignore[arg-type]
    kept = {name: value for name, value in answer.headers.items() if name.startswith("content-security")}
    context.route(
        "**/as-answered", lambda route: route.fulfill(body=answer.text, content_type="text/html", headers=kept)
    )
    assert faults_of(context, "/as-answered", width) == []
    context.close()


@pytest.mark.parametrize(("scheme", "width", "language"), LOOKS)
def test_on_pages_under_a_link_and_those_of_returns(
    untouched: Site, quarterly: Site, chromium: "Browser", scheme: str, width: int, language: Language
) -> None:
    context = looking(chromium, untouched, scheme, width, language)
    link = a_link(untouched)
    pages = (link + BRANCH, link + SURVEY, f"{link}/campaigns/trial/answers", link[:-3])
    found = {address: faults_of(context, address, width) for address in pages}
    context.close()
    context = looking(chromium, quarterly, scheme, width, language)
    with quarterly.browser("coordinator") as browser:
        cookies = [{"name": name, "value": value, "url": quarterly.address} for name, value in browser.cookies.items()]
    context.add_cookies(cookies)  # type: ignore[arg-type]
    found |= {address: faults_of(context, address, width) for address in (RETURNS, f"{RETURNS}/U1", f"{RETURNS}/U2")}
    context.close()
    assert {address: faults for address, faults in found.items() if faults} == {}
