"""People and their channels on pages."""

import pytest
from sqlalchemy import update

from actions.house import House
from config.vocabulary import ChannelStatus, OfficerRole
from models.branch import Branch
from models.database import snapshot, transaction
from models.dialects import table_of
from models.officer import Channel, Officer
from models.queries import find_officer
from tests.factories import given_up
from tests.records import events_of, every
from tests.web.forms import SCRIPT, SHOWN, problems_of, send, told
from tests.web.sites import NOW, Site

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

OFFICER = "/people/OU1-1"
NEW = {"code": "G9", "name": f"指导 {SCRIPT}", "role": "group", "unit": "U1", "language": "zh"}
LIST = "is not in the list"
SECRET = "json://user:geheim123@10.0.0.1/hook"


def officer(house: House, code: str) -> Officer:
    with snapshot(house.engine) as session:
        return find_officer(session, code)


@pytest.mark.parametrize("login", ["group", "officer", "viewer"])
@pytest.mark.parametrize("page", ["/people", OFFICER])
def test_only_coordinators_keep_people(untouched: Site, login: str, page: str) -> None:
    with untouched.browser(login) as browser:
        assert browser.get(page).status_code == 403
        assert send(browser, "/", f"{OFFICER}/phone", phone="1").status_code == 403


@ONE
def test_the_officers_of_the_own_subtree_are_listed_those_without_a_channel_first(site: Site) -> None:
    given_up(site.house, "OU1-3", "unknown user", NOW)
    with site.browser("county") as browser:
        page = browser.get("/people").text
        assert page.index("OU1-3") < page.index("no channel") < page.index("OU1-1")
        assert "OU2-1" not in page
        assert "联络员OU1-2" in browser.get("/people", params={"said": "u1-2"}).text
        assert "OU1-1" not in browser.get("/people", params={"role": "group"}).text
        assert "Nobody is like that" in browser.get("/people", params={"said": "%"}).text


@pytest.mark.parametrize("page", ["/people/OU2-1", "/people/C", "/people/nosuch", "/people/%00"])
def test_an_officer_of_another_subtree_is_not_there(untouched: Site, page: str) -> None:
    with untouched.browser("county") as browser:
        assert browser.get(page).status_code == 404
        for form in ("away", "back", "hand-over", "phone", "links", "channels"):
            fields = {"deputy": "OU1-1", "to": "OU1-1", "first": "2009-09-16", "url": "folder://x"}
            assert send(browser, "/people", f"{page}/{form}", **fields).status_code == 404, form


@pytest.mark.parametrize(("code", "has_day"), [("OU1-1", True), ("GU1", False)])
def test_the_day_is_led_to_where_somebody_answers_for_branches(untouched: Site, code: str, has_day: bool) -> None:
    with untouched.browser("coordinator") as browser:
        assert ("/day?officer=" in browser.get(f"/people/{code}").text) is has_day
        assert (browser.get("/day", params={"officer": code}).status_code == 200) is has_day


@ONE
def test_an_officer_is_added_inside_the_own_subtree(site: Site) -> None:
    with site.browser("county") as browser:
        page = told(browser, send(browser, "/people", "/people", **NEW))
        assert "The officer was added" in page
        assert SHOWN in page
        assert "G9" in browser.get("/people").text
    assert officer(site.house, "G9").role is OfficerRole.GROUP


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"unit": "U2"}, "unit U2: not in the registry"),
        ({"unit": "", "role": "coordinator"}, "belongs to a unit of yours"),
        ({"code": "OU1-1"}, "there is one of this code already"),
        ({"code": "a/b"}, "has to be of letters"),
        ({"name": " "}, "says nothing"),
        ({"role": "emperor"}, "is not in the list"),
        ({"name": "x" * 201}, "has 201 characters"),
        ({"phone": "+86 ask"}, "not a telephone number"),
        ({"url": SECRET}, "channel json://…"),
    ],
)
def test_an_officer_who_cannot_be_added_is_said_and_nothing_typed_is_lost(
    untouched: Site, wrong: dict[str, str], why: str
) -> None:
    with untouched.browser("county") as browser:
        answer = send(browser, "/people", "/people", **NEW | wrong)
    assert answer.status_code in (404, 422)
    assert why in answer.text
    assert (SHOWN in answer.text) is ("name" not in wrong)
    assert "geheim123" not in answer.text
    assert "G9" not in {each.code for each in every(untouched.house, Officer)}


@ONE
def test_an_officer_is_away_and_back(site: Site) -> None:
    away = {"deputy": "OU1-2", "first": "2009-09-16", "last": "2009-09-18"}
    with site.browser("county") as browser:
        page = told(browser, send(browser, OFFICER, f"{OFFICER}/away", **away))
        assert "the deputy is told instead" in page
        assert "联络员OU1-1" in browser.get("/people/OU1-2").text, "stands in for"
        told(browser, send(browser, OFFICER, f"{OFFICER}/back"))
        told(browser, send(browser, OFFICER, f"{OFFICER}/back"))
    assert officer(site.house, "OU1-1").deputy_id is None


@pytest.mark.parametrize(
    ("form", "fields", "why"),
    [
        ("away", {"deputy": "OU2-1", "first": "2009-09-16"}, "officer OU2-1: unknown"),
        ("away", {"deputy": "OU1-1", "first": "2009-09-16"}, "own deputy"),
        ("away", {"deputy": "OU1-2", "first": "2009-09-16", "last": "2009-09-15"}, "is before"),
        ("away", {"deputy": "OU1-2", "first": ""}, "is not a day"),
        ("hand-over", {"to": "OU2-1"}, "officer OU2-1: unknown"),
        ("hand-over", {"to": "OU1-1"}, "has these branches already"),
        ("hand-over", {"to": SCRIPT}, SHOWN),
        ("hand-over", {"to": "G1"}, "answers for no branches (group); name a liaison officer"),
        ("phone", {"phone": "1" * 101}, "has 101 characters"),
        ("phone", {"phone": "ask at the desk"}, "not a telephone number; write 5 to 20 digits"),
        ("phone", {"phone": "1234"}, "not a telephone number"),
        ("phone", {"phone": "1" * 21}, "not a telephone number"),
        ("channels", {"url": SECRET}, "channel json://…"),
        ("channels", {"url": ""}, "says nothing"),
        ("channels", {"url": "folder://OU1-1"}, "has it already"),
        ("channels", {"url": "folder://a", "on_doubt": "maybe"}, "is not in the list"),
    ],
)
def test_what_cannot_be_done_about_an_officer_is_said_beside_it(
    untouched: Site, form: str, fields: dict[str, str], why: str
) -> None:
    with untouched.browser("county") as browser:
        answer = send(browser, OFFICER, f"{OFFICER}/{form}", **fields)
    assert answer.status_code == 422
    assert why in answer.text
    assert "geheim123" not in answer.text


@pytest.mark.parametrize(
    ("page", "address", "fields", "faults"),
    [
        (
            "/people",
            "/people",
            {"code": "a/b", "name": " ", "role": "emperor", "language": "la", "unit": f"区 {SCRIPT}"},
            {"new-code": "has to be of letters", "new-name": "says nothing", "new-role": LIST, "new-language": LIST},
        ),
        (
            OFFICER,
            f"{OFFICER}/away",
            {"deputy": "", "first": "soon", "last": "2009-02-30"},
            {"away-deputy": "says nothing", "away-first": "is not a day", "away-last": "is not a day"},
        ),
        (
            OFFICER,
            f"{OFFICER}/channels",
            {"url": "", "on_doubt": "x"},
            {"channel-url": "says", "channel-on_doubt": LIST},
        ),
    ],
)
def test_all_that_is_wrong_is_said_at_once_beside_its_field(
    untouched: Site, page: str, address: str, fields: dict[str, str], faults: dict[str, str]
) -> None:
    with untouched.browser("county") as browser:
        answer = send(browser, page, address, **fields)
    assert answer.status_code == 422
    assert problems_of(answer.text).keys() == faults.keys()
    assert all(why in problems_of(answer.text)[field] for field, why in faults.items())
    assert "unit" not in fields or f"区 {SHOWN}" in answer.text


@ONE
def test_branches_are_handed_over_but_none_outside_the_own_subtree(site: Site) -> None:
    branch = table_of(Branch)
    with transaction(site.house.engine) as session:
        owner = find_officer(session, "OU1-1").id
        session.execute(update(branch).where(branch.c.code == "U2-1").values(officer_id=owner))
    with site.browser("county") as browser:
        assert "U2-1" not in browser.get(OFFICER).text
        told(browser, send(browser, OFFICER, f"{OFFICER}/hand-over", to="OU1-2"))
        assert "U1-1" in browser.get("/people/OU1-2").text
    owners = {each.code: each.officer_id for each in every(site.house, Branch)}
    assert owners["U1-1"] == officer(site.house, "OU1-2").id
    assert owners["U2-1"] == owner


@ONE
def test_handed_over_a_second_time_there_is_nothing_left(site: Site) -> None:
    with site.browser("coordinator") as browser:
        said = [told(browser, send(browser, OFFICER, f"{OFFICER}/hand-over", to="OU1-2")) for _ in range(2)]
    assert "The branches were handed over" in said[0]
    assert "There was nothing to hand over" in said[1]


@ONE
def test_a_number_is_kept_sealed_and_links_are_revoked(site: Site) -> None:
    with site.browser("county") as browser:
        assert 'href="tel:13800001111"' in told(
            browser, send(browser, OFFICER, f"{OFFICER}/phone", phone="13800001111")
        )
        told(browser, send(browser, OFFICER, f"{OFFICER}/links"))
        told(browser, send(browser, OFFICER, f"{OFFICER}/phone", phone=""))
    kept = officer(site.house, "OU1-1")
    assert (kept.phone, kept.link_epoch) == (None, 1)
    assert "13800001111" not in str([(each.before, each.after) for each in events_of(site.house)])


@ONE
def test_a_channel_is_added_tried_disabled_and_taken_up_again(site: Site) -> None:
    with site.browser("county") as browser:
        fields = {"url": "folder://the-second-one", "on_doubt": "hold", "before_others": "yes"}
        page = told(browser, send(browser, OFFICER, f"{OFFICER}/channels", **fields))
        assert "folder://…-one" in page
        assert "the-second-one" not in page
        number = max(each.id for each in every(site.house, Channel))
        channel = f"/channels/{number}"
        tried = send(browser, OFFICER, f"{channel}/test")
        assert f"Channel {number}: accepted" in tried.text
        assert send(browser, OFFICER, f"{channel}/disable", reason="").status_code == 422
        page = told(browser, send(browser, OFFICER, f"{channel}/disable", reason=f"gone {SCRIPT}"))
        assert SHOWN in page
        again = send(browser, OFFICER, f"{channel}/disable", reason="again")
        assert (again.status_code, "disabled already" in again.text) == (409, True)
        assert "active again" in told(browser, send(browser, OFFICER, f"{channel}/enable"))
        assert send(browser, OFFICER, f"{channel}/enable").status_code == 409
    (kept,) = [each for each in every(site.house, Channel) if each.id == number]
    assert (kept.status, kept.rank) == (ChannelStatus.ACTIVE, -1)


def test_a_channel_of_another_subtree_is_not_there(untouched: Site) -> None:
    foreign = officer(untouched.house, "OU2-1").id
    number = next(each.id for each in every(untouched.house, Channel) if each.officer_id == foreign)
    with untouched.browser("county") as browser:
        for form in ("test", "disable", "enable"):
            for channel in (number, 9999):
                answer = send(browser, OFFICER, f"/channels/{channel}/{form}", reason="x")
                assert answer.status_code == 404
