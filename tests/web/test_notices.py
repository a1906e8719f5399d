"""Notices and what became of them."""

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from actions.house import House
from actions.reading.channels import read_channels
from config.vocabulary import DeliveryStatus, NoticeStatus
from flows.delivery import delivery
from models.database import transaction
from models.dialects import table_of
from models.notice import Delivery, Notice, NoticeLine
from models.officer import Channel, Officer
from tests.factories import at
from tests.notifications.factories import About, a_notice
from tests.records import every
from tests.web.forms import SCRIPT, SHOWN, send, told
from tests.web.sites import NOW, Site

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

LINK = "https://rollcall.example/l/WyJPVTEtMSIsbnVsbCwwLDF.c2lnbmVk"


def sent_on(site: Site) -> int:
    """A notice to the officer of U1-1 that has gone out, with a link in it, and one to that of U1-2."""
    opens, closes = at("2009-09-15 08:30"), at("2009-09-15 18:00")
    first, _ = (
        a_notice(site.house, f"O{code}", [About(code)], sends_from=opens, sends_until=closes)
        for code in ("U1-1", "U1-2")
    )
    delivery(site.house, lambda: NOW)
    said(site.house, first, f"您好 {SCRIPT} {LINK} 。")
    return first


@pytest.fixture(scope="module")
def sent(untouched: Site) -> int:
    return sent_on(untouched)


def said(house: House, notice: int, body: str) -> None:
    with transaction(house.engine) as session:
        session.execute(update(table_of(Delivery)).where(Delivery.notice_id == notice).values(body=body))


def stopped(house: House, notice: int, status: NoticeStatus) -> None:
    """Let a notice be held or dead."""
    with transaction(house.engine) as session:
        session.execute(update(table_of(Notice)).where(Notice.id == notice).values(status=status))
        turn = update(table_of(Delivery)).where(Delivery.notice_id == notice)
        session.execute(turn.values(status=DeliveryStatus(status.value)))


def test_a_notice_says_to_whom_why_and_what_came_of_it_without_a_link_to_act_by(untouched: Site, sent: int) -> None:
    with untouched.browser("viewer") as browser:
        page = browser.get(f"/notices/{sent}").text
    for there in ("联络员OU1-1", "Survey", "企业U1-1支部", "accepted", SHOWN, "https://rollcall.example/l/…"):
        assert there in page
    assert LINK not in page
    assert "Send again" not in page, "a viewer sends nothing"


@pytest.mark.parametrize(
    ("login", "shown"),
    [("coordinator", {"OU1-1", "OU1-2"}), ("county", {"OU1-1", "OU1-2"}), ("officer", {"OU1-1"})],
)
def test_everybody_sees_the_notices_to_the_officers_in_their_scope(
    untouched: Site, sent: int, login: str, shown: set[str]
) -> None:
    with untouched.browser(login) as browser:
        page = browser.get("/notices").text
        assert {officer for officer in ("OU1-1", "OU1-2", "OU2-1") if officer in page} == shown
        assert browser.get(f"/notices/{sent}").status_code == 200
        foreign = browser.get(f"/notices/{sent + 1}").status_code
        assert foreign == (404 if login == "officer" else 200)
        assert browser.get("/notices/999999").status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"officer": "OU1-1", "status": "sent", "campaign": "trial", "unit": "第1区", "day": "2009-09-15"}, True),
        ({"status": "dead"}, False),
        ({"day": "2009-09-14"}, False),
        ({"unit": "U2"}, False),
    ],
)
def test_notices_are_filtered(untouched: Site, sent: int, asked: dict[str, str], found: bool) -> None:
    with untouched.browser("coordinator") as browser:
        answer = browser.get("/notices", params=asked)
    assert answer.status_code == 200
    assert (f"/notices/{sent}" in answer.text) is found


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("officer", "nosuch", "officer nosuch: unknown"),
        ("officer", SCRIPT, SHOWN),
        ("day", "yesterday", "is not a day"),
        ("status", "lost", "is not in the list"),
        ("unit", "x" * 300, "has 300 characters"),
        ("campaign", "%00", "not launched here"),
    ],
)
def test_a_filter_that_cannot_be_taken_is_said(untouched: Site, field: str, typed: str, why: str) -> None:
    with untouched.browser("coordinator") as browser:
        answer = browser.get("/notices", params={field: typed})
    assert answer.status_code in (404, 422)
    assert why in answer.text
    assert SCRIPT not in answer.text


@ONE
@pytest.mark.parametrize(
    ("status", "warning"),
    [(NoticeStatus.HELD, "it may arrive twice"), (NoticeStatus.DEAD, "It was given up")],
)
def test_what_stopped_is_sent_again_once_and_twice_is_told(site: Site, status: NoticeStatus, warning: str) -> None:
    sent = sent_on(site)
    stopped(site.house, sent, status)
    address = f"/notices/{sent}"
    with site.browser("group") as browser:
        assert warning in browser.get(address).text
        answer = send(browser, address, f"{address}/retry")
        assert "planned again" in told(browser, answer)
        again = send(browser, "/silences", f"{address}/retry")
    assert again.status_code == 409
    assert f"notice {sent}: it is sending" in again.text
    (delivered,) = [each for each in every(site.house, Delivery) if each.notice_id == sent]
    assert delivered.status is DeliveryStatus.PLANNED


@ONE
def test_who_may_send_again(site: Site) -> None:
    sent = sent_on(site)
    stopped(site.house, sent, NoticeStatus.DEAD)
    for login, status in {"viewer": 403, "officer": 403, "county": 303}.items():
        with site.browser(login) as browser:
            assert send(browser, "/notices", f"/notices/{sent}/retry").status_code == status


@ONE
def test_a_stock_service_is_marked_as_not_verified(site: Site) -> None:
    sent = sent_on(site)
    with transaction(site.house.engine) as session:
        session.execute(update(table_of(Channel)).values(service="tgram"))
    with site.browser("coordinator") as browser:
        assert "acceptance not verified" in browser.get(f"/notices/{sent}").text


@ONE
def test_a_notice_that_names_somebody_unreached_says_whom(site: Site) -> None:
    channel, *_ = read_channels(site.house, officer="OU1-1")
    opens, closes = at("2009-09-15 08:30"), at("2009-09-15 18:00")
    number = a_notice(site.house, "C", [About("U1-1")], sends_from=opens, sends_until=closes)
    line = table_of(NoticeLine)
    with transaction(site.house.engine) as session:
        owner = session.scalar(select(col(Officer.id)).where(col(Officer.code) == channel.officer))
        unreached = {"assignment_id": None, "due_at": None, "rung": None, "unreached_id": owner}
        session.execute(update(line).where(line.c.notice_id == number).values(unreached))
    with site.browser("coordinator") as browser:
        assert "No channel reaches OU1-1" in browser.get(f"/notices/{number}").text
