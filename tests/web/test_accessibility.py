"""axe-core finds nothing on any page, light and dark, wide and on a phone, in both languages."""

from typing import TYPE_CHECKING

import pytest

from actions.add_problem import Finding, add_problems
from actions.ask_extension import Wish, ask_extension
from actions.enter import enter
from config.vocabulary import Language, LedgerCode
from tests.factories import at
from tests.ledgers.entries import an_entry
from tests.notifications.factories import About, a_notice
from tests.web.answering import BRANCH, SURVEY, a_link
from tests.web.sites import NOW, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

PAGES = (
    "/",
    "/campaigns/trial",
    "/campaigns/trial/units/U1",
    "/campaigns/trial/overdue?by=branch",
    "/campaigns/trial/windows/mobilization/pilot",
    "/campaigns/trial/windows/mobilization/pilot/pace",
    "/campaigns/trial/answers",
    "/campaigns/trial/definition",
    "/campaigns/trial/ledgers",
    "/campaigns/trial/ledgers/visits?branch=U1-1",
    "/campaigns/trial/ledgers/visits/1",
    "/campaigns/trial/ledgers/coverage",
    "/campaigns/trial/problems",
    "/campaigns/trial/problems/1",
    BRANCH,
    SURVEY,
    "/requests",
    "/notices",
    "/notices/1",
    "/silences",
    "/people",
    "/people/OU1-1",
    "/launch",
    "/registry",
    "/audit",
    "/users",
    "/users/viewer",
    "/account",
    "/day?officer=OU1-1",
    "/no-such-page",
    "/api/v1/docs",
)
OPEN_PAGES = ("/login",)
FORMS = (
    ("/people", "/people"),
    ("/people/OU1-1", "/people/OU1-1/away"),
    ("/people/OU1-1", "/people/OU1-1/channels"),
    ("/silences", "/silences"),
    ("/users", "/users"),
    ("/campaigns/trial/windows/mobilization/pilot", "/campaigns/trial/windows/mobilization/pilot/extend"),
    ("/campaigns/trial/ledgers/visits", "/campaigns/trial/ledgers/visits"),
)
"""Forms that do not take it when nothing is filled in, and the pages they stand on."""
PHONE, DESK = 360, 1280


@pytest.fixture(scope="module")
def furnished(untouched: Site) -> Site:
    """A site on whose pages there is something to see."""
    house = untouched.house
    add_problems(house, "trial", [Finding("U1-1", "会议记录不全", NOW, "test")])
    for ledger in (LedgerCode.VISITS, LedgerCode.COVERAGE, LedgerCode.TARGETS, LedgerCode.FOUNDATIONS):
        enter(house, "trial", [an_entry(ledger)], actor="test", now=NOW)
    wish = Wish("U1-1", "training", at("2009-10-20 00:00").date(), "停电")
    ask_extension(house, "trial", wish, actor="test", now=NOW)
    a_notice(house, "OU1-1", [About("U1-1")], sends_from=at("2009-09-15 08:30"), sends_until=at("2009-09-15 18:00"))
    return untouched


LOOKS = (("light", DESK, Language.EN), ("dark", PHONE, Language.ZH))


@pytest.mark.parametrize(("scheme", "width", "language"), LOOKS)
def test_axe_finds_nothing(furnished: Site, chromium: "Browser", scheme: str, width: int, language: Language) -> None:
    context = chromium.new_context(
        base_url=furnished.address,
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": width, "height": 800},
        locale={"zh": "zh-CN", "en": "en"}[language],
    )
    found = {address: faults_of(context, address, width) for address in (*OPEN_PAGES, a_link(furnished))}
    with furnished.browser("coordinator") as browser:
        cookies = [{"name": name, "value": value, "url": furnished.address} for name, value in browser.cookies.items()]
    context.add_cookies(cookies)  # type: ignore[arg-type]
    found |= {address: faults_of(context, address, width) for address in PAGES}
    context.close()
    assert {address: faults for address, faults in found.items() if faults} == {}


@pytest.mark.parametrize(("address", "form"), FORMS)
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_axe_finds_nothing_in_a_form_that_is_refused_and_the_first_fault_has_the_focus(
    furnished: Site, chromium: "Browser", address: str, form: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(base_url=furnished.address, viewport={"width": width, "height": 800})
    with furnished.browser("coordinator") as browser:
        cookies = [{"name": name, "value": value, "url": furnished.address} for name, value in browser.cookies.items()]
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    with page.expect_navigation() as answered:
        page.locator(f'form[method="post"][action="{form}"]').evaluate("form => form.submit()")
    assert answered.value.status == 422
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    wrong = page.locator("[aria-invalid]")
    assert wrong.count() > 0
    assert wrong.first.evaluate("field => field === document.activeElement")
    context.close()


def faults_of(context: "BrowserContext", address: str, width: int) -> list[str]:
    """What axe-core finds wrong with a page, what the browser complains of, and whether it scrolls sideways."""
    from axe_playwright_python.sync_playwright import Axe

    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(address)
    assert page.url.endswith(address), f"{address} led to {page.url}"
    violations = Axe().run(page).response["violations"]
    found = [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in violations]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append("scrolls sideways")
    page.close()
    return found + [said for said in complaints if not said.startswith("Failed to load resource")]


@pytest.mark.parametrize("width", [800, 1100])
def test_the_time_line_needs_no_scrolling_on_a_small_screen(furnished: Site, chromium: "Browser", width: int) -> None:
    context = chromium.new_context(base_url=furnished.address, viewport={"width": width, "height": 800}, locale="en")
    with furnished.browser("coordinator") as browser:
        cookies = [{"name": name, "value": value, "url": furnished.address} for name, value in browser.cookies.items()]
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/campaigns/trial")
    table = page.locator(".table:has(.timeline)")
    assert table.evaluate("table => table.scrollWidth - table.clientWidth") == 0
    context.close()
