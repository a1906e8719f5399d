"""Calendar feeds: what they say, who may read them, and what calendar programs need of them."""

from datetime import UTC, date, datetime, timedelta

import httpx
import pytest
from icalendar import Calendar, Event
from sqlmodel import select

from actions.access.callers import caller_of
from actions.complete import complete
from actions.extend import Request, extend
from actions.feeds.addresses import feed_of_officer, feeds_of
from actions.feeds.revoke import revoke_feeds
from actions.set_away import set_away
from config.errors import Unknown
from models.database import snapshot, transaction
from models.dialects import table_of
from models.officer import Officer
from models.scope import Scope
from models.user import User
from tests.factories import answer
from tests.web.sites import NOW, Site, form_of

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
NEEDED = {"uid", "dtstamp", "dtstart", "dtend", "summary", "sequence", "last-modified"}


def fetch(site: Site, path: str, **headers: str) -> httpx.Response:
    with httpx.Client(base_url=site.address, trust_env=False, timeout=60) as program:
        return program.get(path, headers=headers)


def read(site: Site, path: str) -> list[Event]:
    """Read a feed by the library's own parser, which finds no fault in it."""
    answered = fetch(site, path)
    assert answered.status_code == 200, answered.text
    calendar = Calendar.from_ical(answered.content)
    assert [fault for part in calendar.walk() for fault in part.errors] == []
    return list(calendar.walk("VEVENT"))


def said(events: list[Event]) -> list[tuple[date, str]]:
    return [(event["dtstart"].dt, str(event["summary"])) for event in events]


def of_officer(site: Site, officer: str) -> str:
    return feed_of_officer(site.house, officer).path


def of_campaign(site: Site, login: str) -> str:
    with snapshot(site.house.engine) as session:
        caller = caller_of(session, session.exec(select(User).where(User.login == login)).one(), NOW)
    return feeds_of(site.house, caller)[-1].path


def test_an_officers_feed_has_the_last_days_of_what_is_open(site: Site) -> None:
    feed = of_officer(site, "OU1-1")
    assert said(read(site, feed)) == [
        (date(2009, 9, 14), "摸底：1 个支部未办结"),
        (date(2009, 9, 24), "培训：1 个支部未办结"),
    ]
    assert str(read(site, feed)[0]["description"]) == "试点\n企业U1-1支部"
    complete(site.house, "trial", [answer("U1-1", "survey")])
    extend(site.house, "trial", Request(date(2009, 9, 30), "x", branch="U1-1"), actor="test", now=NOW)
    assert said(read(site, feed)) == [(date(2009, 9, 30), "培训：1 个支部未办结")]


def test_one_who_answers_for_a_unit_reads_counts(site: Site) -> None:
    complete(site.house, "trial", [answer("U1-1", "survey")])
    assert said(read(site, of_officer(site, "G1"))) == [
        (date(2009, 9, 14), "摸底：2 个支部未办结"),
        (date(2009, 9, 24), "培训：3 个支部未办结"),
    ]
    assert len(read(site, of_officer(site, "C"))) == 4


@ONE
def test_a_deputy_reads_what_is_the_others_too(site: Site) -> None:
    set_away(site.house, "OU1-2", "OU1-1", NOW.date(), None, actor="test", now=NOW)
    [survey, _] = read(site, of_officer(site, "OU1-1"))
    assert str(survey["description"]).splitlines() == ["试点", "企业U1-1支部", "企业U1-2支部"]


def test_a_campaigns_feed_has_the_days_of_its_windows(site: Site) -> None:
    events = read(site, of_campaign(site, "county"))
    assert said(events)[:2] == [
        (date(2009, 9, 7), "Mobilization opens (pilot)"),
        (date(2009, 9, 24), "Mobilization: last day (pilot)"),
    ]
    assert [str(event["status"]) for event in events] == ["CONFIRMED"] * 2 + ["TENTATIVE"] * 6
    assert len(read(site, of_campaign(site, "coordinator"))) == 16


@ONE
def test_a_feed_is_what_calendar_programs_need(site: Site) -> None:
    answered = fetch(site, of_officer(site, "OU1-1"))
    assert answered.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = answered.content.split(b"\r\n")
    assert (lines[0], lines[-2:]) == (b"BEGIN:VCALENDAR", [b"END:VCALENDAR", b""])
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    calendar = Calendar.from_ical(answered.content)
    assert {"prodid", "version", "calscale", "name", "x-wr-calname"} <= {name.lower() for name in calendar}
    assert calendar["refresh-interval"].dt == timedelta(hours=4)
    assert calendar["refresh-interval"].params["VALUE"] == "DURATION"
    assert not {"VALARM", "VTIMEZONE"} & {part.name for part in calendar.walk()}
    assert b"TZID" not in answered.content
    for event in calendar.walk("VEVENT"):
        assert {name.lower() for name in event} >= NEEDED
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(days=1)
        assert isinstance(event["dtstart"].dt, date)
        assert not isinstance(event["dtstart"].dt, datetime)
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert event["dtstamp"].dt.utcoffset() == timedelta(0)
        assert str(event["transp"]) == "TRANSPARENT"
    with httpx.Client(base_url=site.address, trust_env=False, timeout=60) as program:
        assert program.head(of_officer(site, "OU1-1")).status_code == 200


def test_an_entry_keeps_its_name_and_says_when_it_was_changed(site: Site) -> None:
    feed = of_officer(site, "OU1-1")
    before = {str(event["uid"]): event for event in read(site, feed)}
    assert len(before) == 2
    complete(site.house, "trial", [answer("U1-1", "survey", "2009-09-15 10:05")])
    [after] = read(site, feed)
    earlier = before[str(after["uid"])]
    assert after["sequence"] > earlier["sequence"]
    assert after["last-modified"].dt == datetime(2009, 9, 15, 2, 5, tzinfo=UTC)
    # What happens in other branches changes nothing here.
    complete(site.house, "trial", [answer("U2-1", "survey", "2009-09-15 10:07")])
    assert read(site, feed)[0]["sequence"] == after["sequence"]


@ONE
def test_what_a_program_has_already_is_not_sent_again(site: Site) -> None:
    feed = of_officer(site, "OU1-1")
    tag = fetch(site, feed).headers["ETag"]
    same = fetch(site, feed, **{"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    complete(site.house, "trial", [answer("U1-1", "survey")])
    assert fetch(site, feed, **{"If-None-Match": tag}).status_code == 200


@ONE
def test_an_address_that_was_revoked_or_made_up_opens_nothing(site: Site) -> None:
    officers, campaigns = of_officer(site, "OU1-1"), of_campaign(site, "county")
    officer = table_of(Officer)
    with transaction(site.house.engine) as session:
        session.execute(officer.update().where(officer.c.code == "OU1-1").values(link_epoch=1))
    revoke_feeds(site.house, "county", actor="county", now=NOW)
    made_up = (campaigns.replace(".ics", "x.ics"), "/feeds/nonsense.ics", site.house.seal.derive("links").hex())
    for path in (officers, campaigns, *made_up):
        assert fetch(site, path).status_code == 404, path
    assert fetch(site, of_officer(site, "OU1-1")).status_code == 200
    assert fetch(site, of_campaign(site, "county")).status_code == 200


@ONE
def test_a_feed_of_a_user_who_is_disabled_opens_nothing(site: Site) -> None:
    feed = of_campaign(site, "county")
    user = table_of(User)
    with transaction(site.house.engine) as session:
        session.execute(user.update().where(user.c.login == "county").values(status="disabled"))
    assert fetch(site, feed).status_code == 404


@ONE
def test_the_feed_of_an_officer_is_given_to_those_who_see_the_officer(site: Site) -> None:
    with pytest.raises(Unknown):
        feed_of_officer(site.house, "OU2-1", Scope(path="/R/U1/"))
    assert feed_of_officer(site.house, "OU1-1", Scope(path="/R/U1/")).title is None


@ONE
def test_the_account_shows_the_addresses_of_calendars_and_makes_them_void(site: Site) -> None:
    with site.browser("coordinator") as browser:
        page = browser.get("/account").text
        address = page.split('<code class="secret address">')[1].split("<", maxsplit=1)[0]
        assert fetch(site, address).status_code == 200
        assert browser.post("/account/feeds/revoke", data={"csrf": form_of(page)}).status_code == 303
        assert fetch(site, address).status_code == 404
        assert address not in browser.get("/account").text


@ONE
def test_an_officers_page_shows_the_address_of_the_officers_calendar(site: Site) -> None:
    with site.browser("county") as browser:
        page = browser.get("/people/OU1-1").text
    address = page.split('<code class="address">')[1].split("<", maxsplit=1)[0]
    assert read(site, address)
