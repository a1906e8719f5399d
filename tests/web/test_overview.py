"""The pages that tell how a campaign stands, in a client without scripts."""

import re

import pytest
from sqlmodel import select

from actions.complete import complete
from models.branch import Branch
from models.database import transaction
from tests.factories import answer, imported, registry_row
from tests.records import CAMPAIGN
from tests.web.sites import Site

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HERE = f"/campaigns/{CAMPAIGN}"
CURVE = f"{HERE}/charts/curve.svg"
PHONE = "139 0000 0001"


def read(site: Site, who: str, address: str) -> str:
    """A page as somebody reads it, without its marks."""
    with site.browser(who) as browser:
        answered = browser.get(address)
    assert answered.status_code == 200, answered.text
    assert "style=" not in answered.text
    text = re.sub(r"<[^>]+>", " ", answered.text.split("<main", 1)[1])
    return " ".join(text.split())


def known_phone(site: Site) -> None:
    with transaction(site.house.engine) as session:
        branch = session.exec(select(Branch).where(Branch.code == "U1-3")).one()
        branch.phone = site.house.seal.close(PHONE)
        session.add(branch)


TOLD = [
    ("coordinator", "/", ["Trial", "6 branches", "0 of 12 tasks", "until Sep 24, 2009"]),
    ("county", "/", ["3 branches", "0 of 6 tasks"]),
    ("officer", "/", ["1 branch ", "0 of 2 tasks"]),
    ("coordinator", HERE, ["第1区: 3 tasks are overdue", "Mobilization · pilot", "Gate: 95% done", "All officers"]),
    ("viewer", HERE, ["0 of 6 tasks", "联络员OU1-1 1 branch 1"]),
    ("coordinator", f"{HERE}/units/R", ["城", "第1区", "第2区"]),
    ("coordinator", f"{HERE}/units/U1", ["企业U1-1支部", "联络员OU1-1", "0 / 2"]),
    ("officer", f"{HERE}/units/U1", ["企业U1-1支部"]),
    ("coordinator", f"{HERE}/overdue", ["第1区 3"]),
    ("county", f"{HERE}/overdue?by=officer", ["联络员OU1-3 1 1 Sep 14, 2009"]),
    ("group", f"{HERE}/overdue?by=branch&unit=U1", ["企业U1-3支部 第1区 Survey until Sep 14, 2009"]),
    ("county", f"{HERE}/overdue?by=branch&page=2", ["There are no further rows."]),
]


@ONE
def test_pages_say_which_branches_have_left(site: Site) -> None:
    imported(site.house, registry_row(1, 2, status="closed"), now=site.clock.now)
    for address in (HERE, f"{HERE}/units/U1"):
        assert "and 1 that has left" in read(site, "coordinator", address)
    assert "企业U1-2支部 left on Sep 15, 2009" in read(site, "coordinator", f"{HERE}/units/U1")
    assert "It takes part no more" in read(site, "coordinator", f"{HERE}/branches/U1-2")
    assert "has left" not in read(site, "coordinator", f"{HERE}/units/U2")


@ONE
def test_a_page_tells_what_is_so_in_the_own_part_of_the_tree(site: Site) -> None:
    for who, address, told in TOLD:
        page = read(site, who, address)
        assert [words for words in told if words not in page] == [], (who, address, page)
        assert who == "coordinator" or "第2区" not in page


@ONE
def test_a_unit_of_another_subtree_is_answered_as_one_that_is_not_there(site: Site) -> None:
    addresses = ("units/{}", "overdue?unit={}", "overdue?by=branch&unit={}", "charts/curve.svg?unit={}")
    for who in ("county", "officer"):
        with site.browser(who) as browser:
            for address in addresses:
                foreign, unknown = (browser.get(f"{HERE}/{address.format(unit)}") for unit in ("U2", "X2"))
                assert (foreign.status_code, unknown.status_code) == (404, 404), (who, address)
                assert foreign.text.replace("U2", "X2") == unknown.text


@ONE
def test_what_cannot_be_shown_is_refused(site: Site) -> None:
    refused = {
        "/campaigns/other": 404,
        "/campaigns/other/units/U1": 404,
        "/campaigns/other/charts/curve.svg": 404,
        f"{HERE}/units/{'U' * 500}": 404,
        f"{HERE}?page=0": 422,
        f"{HERE}?page=99999999999": 422,
        f"{HERE}?show=everything": 422,
        f"{HERE}/overdue?by=%3Cscript%3E": 422,
        f"{CURVE}?theme=blue": 422,
        f"{HERE}/overdue?unit={'U' * 500}": 422,
    }
    with site.browser("coordinator") as browser:
        answers = {address: browser.get(address) for address in refused}
    assert {address: answered.status_code for address, answered in answers.items()} == refused
    assert all("<h1>Not done</h1>" in answered.text for answered in answers.values())


@ONE
def test_nothing_is_shown_to_whoever_is_not_logged_in(site: Site) -> None:
    with site.browser() as browser:
        statuses = {browser.get(each).status_code for each in ("/", HERE, f"{HERE}/units/U1", f"{HERE}/overdue", CURVE)}
    assert statuses == {303}


@ONE
def test_numbers_to_call_are_for_those_who_may_answer(site: Site) -> None:
    known_phone(site)
    for who, is_told in (("coordinator", True), ("group", True), ("viewer", False)):
        with site.browser(who) as browser:
            page = browser.get(f"{HERE}/overdue?by=branch").text
        assert ('href="tel:13900000001"' in page, PHONE in page) == (is_told, is_told), who


@ONE
def test_the_heat_map_is_switched_and_put_in_order_without_scripts(site: Site) -> None:
    complete(site.house, CAMPAIGN, [answer(f"U1-{number}", "survey") for number in (1, 2, 3)])
    with site.browser("coordinator") as browser:
        done, timely = (browser.get(f"{HERE}?show={show}").text for show in ("completeness", "timeliness"))
    assert units_of(done) == [("第2区", "heat-0"), ("第1区", "heat-5")]
    assert units_of(timely) == [("第1区", "heat-0"), ("第2区", "heat-none")]


def units_of(page: str) -> list[tuple[str, str]]:
    """The units of a heat map in their order, and the shade of each as a whole."""
    return re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a></th>\s*<td class="(heat-\w+) strong">', page)
