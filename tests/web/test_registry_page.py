"""A registry file on a page: looked at, then imported."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from actions.registry.looked_at import KEPT_FOR, keep_looked_at, take_looked_at
from config.errors import Stale
from config.vocabulary import EventKind
from models.branch import Branch
from tests.factories import CITY, HEADER, a_house, registry_row
from tests.records import events_of, every
from tests.sheets.offices import ROWS, book, save_xlsx
from tests.web.forms import SCRIPT, send, told
from tests.web.sites import Site, form_of
from web.pages.registry import LARGEST

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def sheet(*rows: str) -> bytes:
    return "\n".join([HEADER, CITY, *rows, ""]).encode("gb18030")


CHANGED = registry_row(1, 1).replace("企业U1-1支部", f"企业 {SCRIPT}")


def check(browser: httpx.Client, data: bytes, token: str | None = None) -> httpx.Response:
    token = token or form_of(browser.get("/registry").text)
    return browser.post("/registry/check", data={"csrf": token}, files={"file": ("r.csv", data)})


@ONE
def test_a_file_is_looked_at_and_imported_at_a_second_click(site: Site) -> None:
    with site.browser("coordinator") as browser:
        page = check(browser, sheet(CHANGED, registry_row(1, 9))).text
        assert "1 new, 1 changed, 0 unchanged" in page
        assert "企业U1-9支部" in page
        assert SCRIPT not in page
        assert "folder://OU1-9" not in page, "an address stays where it is kept"
        assert "U1-9" not in {each.code for each in every(site.house, Branch)}
        carried = page.split('name="carried" value="')[1].split('"')[0]
        for _ in range(2):
            assert "was imported" in told(browser, send(browser, "/registry", "/registry", carried=carried))
        assert "all of it is there already" in check(browser, sheet(CHANGED, registry_row(1, 9))).text
    assert "U1-9" in {each.code for each in every(site.house, Branch)}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04", "is damaged"),
        (b"unit_code,members\n1,2\n", "line 1"),
        (sheet(CHANGED.replace("active", SCRIPT)), "1 cell cannot be taken"),
    ],
)
def test_a_file_that_cannot_be_taken_is_said_with_its_lines(untouched: Site, data: bytes, why: str) -> None:
    with untouched.browser("coordinator") as browser:
        answer = check(browser, data)
    assert answer.status_code == 422
    assert why in answer.text
    assert SCRIPT not in answer.text
    assert "Import it" not in answer.text


@pytest.mark.parametrize("carried", ["", "x", "../key", "0" * 32])
def test_what_was_not_looked_at_is_not_imported(untouched: Site, carried: str) -> None:
    with untouched.browser("coordinator") as browser:
        assert send(browser, "/registry", "/registry", carried=carried).status_code == 409


@pytest.mark.parametrize("login", ["county", "group", "officer", "viewer"])
def test_only_a_coordinator_of_everything_imports(untouched: Site, login: str) -> None:
    with untouched.browser(login) as browser:
        assert browser.get("/registry").status_code == 403
        assert check(browser, sheet(CHANGED), form_of(browser.get("/").text)).status_code == 403
        assert send(browser, "/", "/registry", carried="x").status_code == 403


@ONE
def test_a_workbook_is_looked_at_and_imported_without_the_rows_that_cannot_be_taken(site: Site, tmp_path: Path) -> None:
    file = save_xlsx(tmp_path / "a.xlsx", book(*ROWS, (*ROWS[1][:4], "x", "某企业", "三", 1)))
    with site.browser("coordinator") as browser:
        answer = check(browser, file.read_bytes())
        assert answer.status_code == 422
        assert "名册 G6" in answer.text
        assert "Import it" not in answer.text
        token = form_of(answer.text)
        sent = {"file": ("a.xlsx", file.read_bytes())}
        page = browser.post("/registry/check", data={"csrf": token, "skip": "yes"}, files=sent).text
        assert "3 new, 0 changed, 0 unchanged" in page
        assert "名册 G6" in page
        carried = page.split('name="carried" value="')[1].split('"')[0]
        assert "was imported" in told(browser, send(browser, "/registry", "/registry", carried=carried, skip="yes"))
    assert {"130683-001", "130683-002", "130622-001"} < {each.code for each in every(site.house, Branch)}


@ONE
def test_a_file_of_many_megabytes_is_taken_and_a_larger_one_is_told_what_to_do(site: Site) -> None:
    rows = [registry_row(unit, number) for unit in range(3, 303) for number in range(1, 101)]
    data = sheet(*rows).replace(b",active", b"," + b" " * 100 + b"active")
    assert 5 * 1024 * 1024 < len(data) < LARGEST
    with site.browser("coordinator") as browser:
        page = check(browser, data).text
        assert "30000 new" in page
        carried = page.split('name="carried" value="')[1].split('"')[0]
        assert "was imported" in told(browser, send(browser, "/registry", "/registry", carried=carried))
        answer = check(browser, b" " * (LARGEST + 1))
    assert "import it at the command line" in answer.text
    assert len(every(site.house, Branch)) > len(rows)


@ONE
def test_a_file_that_nobody_came_back_for_is_thrown_away_after_a_day(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    now = datetime.now(UTC)
    first = keep_looked_at(house, b"first", now)
    assert take_looked_at(house, first) == b"first"
    second = keep_looked_at(house, b"second", now + KEPT_FOR + timedelta(seconds=1))
    assert take_looked_at(house, second) == b"second"
    with pytest.raises(Stale):
        take_looked_at(house, first)


@ONE
def test_the_open_work_of_branches_that_move_is_waived_when_told_so(site: Site) -> None:
    with site.browser("coordinator") as browser:
        page = check(browser, sheet(registry_row(2, 1, code="U1-1"))).text
        assert "Open work of those that move or are merged" in page
        carried = page.split('name="carried" value="')[1].split('"')[0]
        send(browser, "/registry", "/registry", carried=carried, open_work="waive")
    assert {row.reason for row in events_of(site.house, EventKind.ASSIGNMENT_WAIVED)} == {
        "the branch moved to another unit"
    }
