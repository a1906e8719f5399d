"""A window and its gate on a page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from actions.complete import complete
from config.vocabulary import WindowStatus
from models.assignment import Extension
from models.database import connect, exclusive, transaction
from models.dialects import table_of
from models.user import User
from tests.databases import Databases
from tests.factories import CAMPAIGN, a_house_at_work, answer, at
from tests.records import every, window_of
from tests.web.forms import SCRIPT, SHOWN, problems_of, send, told
from tests.web.sites import Site, a_gated_site, a_site, with_users

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

PILOT = "/campaigns/trial/windows/mobilization/pilot"
GRANT = {"of": "U1-1", "task": "training", "until": "2009-09-28", "reason": f"flood {SCRIPT}"}


@pytest.fixture
def site(engine: Engine, tmp_path: Path) -> Iterator[Site]:
    with a_gated_site(engine, tmp_path / "home") as site:
        yield site


@pytest.fixture(scope="module")
def untouched(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same, once for the tests that leave it as it is."""
    folder = tmp_path_factory.mktemp("windows")
    with databases.fresh("sqlite", folder) as url:
        engine = connect(url)
        with a_gated_site(engine, folder / "home") as site:
            yield site
        engine.dispose()


def all_done(site: Site) -> None:
    complete(site.house, "trial", [answer(f"U1-{number}", "training") for number in (1, 2, 3)])


@pytest.mark.parametrize(("login", "done"), [("coordinator", "1 / 6"), ("viewer", "1 / 6"), ("officer", "1 / 2")])
def test_a_window_shows_its_days_its_tasks_and_what_blocks_it(untouched: Site, login: str, done: str) -> None:
    with untouched.browser(login) as browser:
        page = browser.get(PILOT).text
        assert f">{done}</td>" in page
        reasons = ("1 task done, 3 needed", "not approved yet")
        for there in ("Sep 7, 2009", "Sep 24, 2009", "Survey", *(reasons if login == "coordinator" else ())):
            assert there in page
        assert ("shown to those who see the whole campaign" in page) == (login != "coordinator")
        assert ("Approve the gate" in page) is (login == "coordinator")
        assert ("Extend a branch" in page) is (login == "coordinator")


@ONE
@pytest.mark.parametrize(("language", "shown"), [("zh-CN", "动员 · 先行"), ("en", "mobilization · first ones")])
def test_a_wave_is_called_by_its_title(engine: Engine, tmp_path: Path, language: str, shown: str) -> None:
    text = CAMPAIGN.replace("{code: pilot,", "{code: pilot, title: {zh: 先行, en: first ones},")
    text = text.replace("code: mobilization", "code: mobilization\n    title: {zh: 动员, en: mobilization}")
    house = with_users(a_house_at_work(engine, tmp_path / "home", text=text))
    with transaction(house.engine) as session:
        session.execute(update(table_of(User)).values(language=None))
    with a_site(house) as site, site.browser("coordinator") as browser:
        for page in ("/", "/campaigns/trial", PILOT, f"{PILOT}/pace"):
            assert shown in browser.get(page, headers={"Accept-Language": language}).text, page


@pytest.mark.parametrize(("login", "status"), [("coordinator", 200), ("viewer", 404), ("officer", 404)])
def test_a_window_without_a_branch_of_ones_own_is_not_there(untouched: Site, login: str, status: int) -> None:
    with untouched.browser(login) as browser:
        assert browser.get("/campaigns/trial/windows/mobilization/main").status_code == status


@pytest.mark.parametrize(
    "page", ["/campaigns/nosuch/windows/a/b", PILOT.replace("pilot", "nosuch"), PILOT.replace("mobilization", "x")]
)
def test_a_window_that_is_not_there(untouched: Site, page: str) -> None:
    with untouched.browser("coordinator") as browser:
        assert browser.get(page).status_code == 404
        assert send(browser, "/", f"{page}/approve").status_code == 404
        assert send(browser, "/", f"{page}/override", reason="x").status_code == 404


@pytest.mark.parametrize("login", ["county", "group", "officer", "viewer"])
def test_only_a_coordinator_of_everything_decides_about_gates(untouched: Site, login: str) -> None:
    with untouched.browser(login) as browser:
        assert send(browser, "/", f"{PILOT}/approve").status_code == 403
        assert send(browser, "/", f"{PILOT}/override", reason="x").status_code == 403
    assert window_of(untouched.house, "mobilization/pilot").approved_at is None


@ONE
def test_an_approval_before_the_planned_close_waits_for_it_and_twice_is_told(site: Site) -> None:
    with site.browser("coordinator") as browser:
        assert "tried at the planned close" in told(browser, send(browser, PILOT, f"{PILOT}/approve"))
        page = told(browser, send(browser, PILOT, f"{PILOT}/approve"))
        assert "had been approved before" in page
        assert "Approved by coordinator" in page
        assert "not approved yet" not in page


@ONE
@pytest.mark.parametrize(
    ("done", "said", "status"),
    [(True, "the window has closed", WindowStatus.CLOSED), (False, "still has reasons", WindowStatus.HELD)],
)
def test_an_approval_after_the_planned_close_tries_the_gate_at_once(
    site: Site, done: bool, said: str, status: WindowStatus
) -> None:
    if done:
        all_done(site)
    site.clock.now = at("2009-09-25 09:00")
    with site.browser("coordinator") as browser:
        assert said in told(browser, send(browser, PILOT, f"{PILOT}/approve"))
    assert window_of(site.house, "mobilization/pilot").status is status


@ONE
def test_while_a_patrol_is_at_work_the_gate_is_left_to_it(site: Site) -> None:
    all_done(site)
    site.clock.now = at("2009-09-25 09:00")
    with site.browser("coordinator") as browser, exclusive(site.house.engine, "patrol"):
        assert "A patrol is at work" in told(browser, send(browser, PILOT, f"{PILOT}/approve"))
    assert window_of(site.house, "mobilization/pilot").status is WindowStatus.OPEN


@ONE
def test_a_gate_is_overridden_with_a_reason_on_record(site: Site) -> None:
    site.clock.now = at("2009-09-25 09:00")
    with site.browser("coordinator") as browser:
        wrong = send(browser, PILOT, f"{PILOT}/override", reason=" ")
        assert (wrong.status_code, "says nothing" in wrong.text) == (422, True)
        page = told(browser, send(browser, PILOT, f"{PILOT}/override", reason=f"agreed {SCRIPT}"))
        assert SHOWN in page
        assert "What was not met when it closed" in page
        late = send(browser, PILOT, f"{PILOT}/approve")
        assert (late.status_code, "is closed already" in late.text) == (422, True)
    assert window_of(site.house, "mobilization/pilot").status is WindowStatus.CLOSED


@ONE
@pytest.mark.parametrize("login", ["coordinator", "county", "group"])
def test_a_branch_is_given_more_time(site: Site, login: str) -> None:
    with site.browser(login) as browser:
        page = told(browser, send(browser, PILOT, f"{PILOT}/extend", **GRANT))
        assert "The extension was granted: 1 last day moved. It holds in this wave alone." in page
        assert "1 message about it goes out" in page
    (granted,) = every(site.house, Extension)
    assert (str(granted.until), granted.granted_by) == ("2009-09-28", login)


@ONE
@pytest.mark.parametrize(
    ("everywhere", "said"),
    [
        ({}, ("5 last days moved. It holds in this wave alone.", "3 messages about it go out")),
        ({"everywhere": "yes"}, ("11 last days moved. It holds in all waves.", "6 messages about it go out")),
    ],
)
def test_an_extension_holds_in_the_wave_of_the_window_or_in_all(
    site: Site, everywhere: dict[str, str], said: tuple[str, ...]
) -> None:
    with site.browser("coordinator") as browser:
        whole = GRANT | {"of": "R", "task": "", "until": "2009-10-30"} | everywhere
        page = told(browser, send(browser, PILOT, f"{PILOT}/extend", **whole))
        assert [words for words in said if words not in page] == []
    (granted,) = every(site.house, Extension)
    assert (granted.wave_id is None) is bool(everywhere)


@ONE
def test_a_branch_of_another_wave_is_said_beside_its_field(site: Site) -> None:
    with site.browser("coordinator") as browser:
        answer = send(browser, PILOT, f"{PILOT}/extend", **GRANT | {"of": "U2-1"})
    assert problems_of(answer.text) == {"extend-of": "branch U2-1: in wave main, not in pilot"}
    assert every(site.house, Extension) == []


@ONE
def test_an_extension_of_a_window_to_come_is_kept(site: Site) -> None:
    with site.browser("coordinator") as browser:
        study = PILOT.replace("mobilization", "study")
        ahead = {"of": "U1-1", "until": "2009-12-18", "reason": "flood"}
        assert "kept until one opens" in told(browser, send(browser, study, f"{study}/extend", **ahead))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"of": "U2-1"}, "U2-1: neither a branch nor a unit"),
        ({"of": "U1", "until": "2009-09-23", "everywhere": "yes"}, "is earlier than"),
        ({"task": "lecture"}, "is not in the list"),
        ({"until": "2009-09-20"}, "is earlier than"),
        ({"until": "3009-01-01"}, "is not a day"),
        ({"until": "2199-01-01"}, "outside the calendar"),
        ({"reason": ""}, "says nothing"),
    ],
)
def test_an_extension_that_cannot_be_granted_is_said(untouched: Site, wrong: dict[str, str], why: str) -> None:
    with untouched.browser("county") as browser:
        answer = send(browser, PILOT, f"{PILOT}/extend", **GRANT | wrong)
    assert answer.status_code == 422
    assert why in answer.text
    assert "reason" in wrong or SHOWN in answer.text
    assert every(untouched.house, Extension) == []


@ONE
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("called that", "is not in the list", "is not a day", "says nothing")),
        ("zh", ("没有", "列表", "日期", "请填写")),
    ],
)
def test_all_that_is_wrong_with_an_extension_is_said_at_once(site: Site, language: str, said: tuple[str, ...]) -> None:
    with site.browser("county") as browser:
        with transaction(site.house.engine) as session:
            session.execute(update(table_of(User)).values(language=language))
        answer = send(browser, PILOT, f"{PILOT}/extend", of=SCRIPT, task="lecture", until="soon", reason=" ")
    found = problems_of(answer.text)
    assert list(found) == ["extend-of", "extend-task", "extend-until", "extend-reason"]
    assert [why for why, words in zip(said, found.values(), strict=True) if why not in words] == [], found
    assert SHOWN in answer.text


@pytest.mark.parametrize("login", ["officer", "viewer"])
def test_who_grants_no_extensions(untouched: Site, login: str) -> None:
    with untouched.browser(login) as browser:
        assert send(browser, "/", f"{PILOT}/extend", **GRANT).status_code == 403


def test_a_window_that_is_no_study_window_has_no_pace(untouched: Site) -> None:
    with untouched.browser("coordinator") as browser:
        assert "A pace is asked of a study window" in browser.get(f"{PILOT}/pace").text
