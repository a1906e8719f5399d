"""Claiming: what is sent is decided, checked and written here."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select, update

from actions.assignments.named import Named
from actions.complete import Answer, complete
from actions.house import House
from actions.launch import launch
from actions.open_window import open_window
from actions.requeue import requeue
from actions.waive import waive
from config.vocabulary import DeliveryStatus, NoticeStatus, Outcome
from models.assignment import Assignment
from models.campaign import Campaign
from models.database import connect, transaction
from models.dialects import table_of
from models.notice import Notice, NoticeLine
from notifications.channels.message import Verdict
from notifications.links import Pages
from notifications.outbox.begin import begin_sending
from notifications.outbox.claim import Claim, Pace, claim
from notifications.outbox.policy import LEASE
from notifications.outbox.queue import enqueue
from notifications.outbox.report import DeliveryReport
from notifications.outbox.settle import settle
from tests.factories import CAMPAIGN, LAUNCH_DAY, at, campaign_file
from tests.notifications.factories import (
    EVENING,
    MORNING,
    About,
    a_notice,
    own_notices,
    read_deliveries,
    read_notice,
    set_channel,
)
from tests.records import window_id

MINUTE = timedelta(minutes=1)


def _claim(
    house: House, now: datetime = MORNING, *, token: str = "a", limit: int = 100, pace: Pace = Pace.TOGETHER
) -> Claim:
    with transaction(house.engine) as session:
        enqueue(session, MORNING)
    with transaction(house.engine) as session:
        return claim(session, token, now, limit=limit, pace=pace)


def _send(house: House, claimed: Claim, outcome: Outcome, now: datetime = MORNING) -> None:
    deliveries = [parcel.delivery_id for parcel in claimed.parcels]
    with transaction(house.engine) as session:
        begin_sending(session, "a", now, deliveries)
    with transaction(house.engine) as session:
        settle(session, "a", now, {key: Verdict(outcome, "said so") for key in deliveries})


def _complete(house: House, branch: str, task: str = "survey") -> None:
    figures = {"members": 11} if task == "survey" else {}
    complete(house, "trial", [Answer(branch, task, MORNING, "test", figures)])


def test_a_claim_writes_the_message_and_closes_the_notice(house: House) -> None:
    (notice,) = own_notices(house, 1)
    (parcel,) = _claim(house).parcels
    (delivery,) = read_deliveries(house, notice)
    assert parcel.message.key == f"rollcall-{delivery.id}"
    assert parcel.message.to == "联络员OU1-1"
    assert parcel.message.dated == MORNING
    assert house.seal.open(parcel.address) == "folder://OU1-1"
    assert (delivery.subject, delivery.body) == (parcel.message.subject, parcel.message.body)
    assert (delivery.status, delivery.lease_token) == (DeliveryStatus.CLAIMED, "a")
    assert delivery.lease_until == MORNING + LEASE
    assert read_notice(house, notice).status is NoticeStatus.SENDING


def test_a_message_leads_the_officer_to_the_pages_by_a_link_that_stays_the_same(house: House) -> None:
    own_notices(house, 2)
    pages = Pages("https://rollcall.example", house.seal.derive("links"))
    with transaction(house.engine) as session:
        enqueue(session, MORNING)
    with transaction(house.engine) as session:
        claimed = claim(session, "a", MORNING + MINUTE, limit=9, pace=Pace.TOGETHER, pages=pages)
    links = [pages.link_to(f"OU1-{number}", 0, MORNING) for number in (1, 2)]
    assert [link for parcel in claimed.parcels for link in links if link in parcel.message.body] == links
    assert all("rollcall task done" not in parcel.message.body for parcel in claimed.parcels)


def test_nothing_is_claimed_twice(house: House) -> None:
    own_notices(house, 3)
    first, second = _claim(house, token="a", limit=2), _claim(house, token="b")
    assert [len(first.parcels), len(second.parcels)] == [2, 1]
    assert _claim(house, token="c") == Claim()


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_two_workers_at_once_do_not_wait_for_each_other(database: str, house: House) -> None:
    own_notices(house, 3)
    with transaction(house.engine) as session:
        enqueue(session, MORNING)
    other: Engine = connect(database)
    with transaction(house.engine) as here, transaction(other) as there:
        first = claim(here, "a", MORNING, limit=2, pace=Pace.TOGETHER)
        second = claim(there, "b", MORNING, limit=100, pace=Pace.TOGETHER)
    other.dispose()
    assert [len(first.parcels), len(second.parcels)] == [2, 1]


@pytest.mark.parametrize("now", [MORNING - MINUTE, EVENING], ids=["before", "after"])
def test_nothing_leaves_outside_its_send_window(house: House, now: datetime) -> None:
    own_notices(house, 1)
    assert _claim(house, now) == Claim()


def test_each_pace_takes_its_own(house: House) -> None:
    own_notices(house, 3)
    set_channel(house, "OU1-2", "form://192.0.2.1")
    together, one_by_one = _claim(house), _claim(house, pace=Pace.ONE_BY_ONE)
    assert [parcel.service for parcel in together.parcels] == ["folder", "folder"]
    assert [parcel.service for parcel in one_by_one.parcels] == ["form"]


def test_what_was_done_since_is_not_in_the_message(house: House) -> None:
    own_notices(house, 1)
    _complete(house, "U1-1")
    (parcel,) = _claim(house).parcels
    assert "培训" in parcel.message.body
    assert "摸底" not in parcel.message.body


def test_a_message_with_nothing_left_in_it_is_cancelled(house: House) -> None:
    first, second = own_notices(house, 2)
    _complete(house, "U1-1")
    waive(house, "trial", Named("U1-1", "training"), reason="merged", actor="test", now=MORNING)
    claimed = _claim(house)
    assert claimed.cancelled == {1: 1}
    assert [parcel.message.to for parcel in claimed.parcels] == ["联络员OU1-2"]
    assert (read_notice(house, first).status, read_notice(house, first).reason) == (
        NoticeStatus.CANCELLED,
        "done, waived",
    )
    assert [delivery.status for delivery in read_deliveries(house, first)] == [DeliveryStatus.CANCELLED]
    assert read_notice(house, second).status is NoticeStatus.SENDING


def test_after_a_refusal_the_message_is_written_anew(house: House) -> None:
    (notice,) = own_notices(house, 1)
    _send(house, _claim(house), Outcome.TEMPORARY)
    assert _claim(house, MORNING).parcels == ()
    _complete(house, "U1-1")
    (parcel,) = _claim(house, MORNING + MINUTE).parcels
    assert "摸底" not in parcel.message.body
    assert [delivery.body for delivery in read_deliveries(house, notice)] == [parcel.message.body]


def test_what_may_have_arrived_goes_again_byte_for_byte(house: House) -> None:
    own_notices(house, 1)
    first = _claim(house)
    _send(house, first, Outcome.AMBIGUOUS)
    _complete(house, "U1-1")
    _complete(house, "U1-1", "training")
    again = _claim(house, MORNING + MINUTE)
    assert [parcel.message for parcel in again.parcels] == [parcel.message for parcel in first.parcels]
    _send(house, again, Outcome.TEMPORARY, MORNING + MINUTE)
    third = _claim(house, MORNING + 6 * MINUTE)
    assert [parcel.message for parcel in third.parcels] == [parcel.message for parcel in first.parcels]


def test_a_notice_between_two_tries_is_cancelled_when_nothing_of_it_is_true(house: House) -> None:
    (notice,) = own_notices(house, 1)
    _send(house, _claim(house), Outcome.TEMPORARY)
    _complete(house, "U1-1")
    _complete(house, "U1-1", "training")
    claimed = _claim(house, MORNING + MINUTE)
    assert (claimed.parcels, claimed.cancelled) == ((), {1: 1})
    assert [delivery.status for delivery in read_deliveries(house, notice)] == [DeliveryStatus.CANCELLED]


def test_a_notice_taken_out_of_the_outbox_is_not_claimed(house: House) -> None:
    a_notice(house, "OU1-1", [About("U1-1")])
    with transaction(house.engine) as session:
        enqueue(session, MORNING)
        session.execute(update(table_of(Notice)).values(status=NoticeStatus.CANCELLED))
        assert claim(session, "a", MORNING, limit=9, pace=Pace.TOGETHER) == Claim()


def _change_definition(house: House, campaign: int, old: str, new: str) -> None:
    with transaction(house.engine) as session:
        found = session.get_one(Campaign, campaign)
        assert old in found.definition
        found.definition = found.definition.replace(old, new)
        session.add(found)


def _audit(house: House) -> None:
    """A second campaign, of its own definition, that is at work in the same branches."""
    text = CAMPAIGN.replace("code: trial", "code: audit")
    launch(house, campaign_file(house.home, text), actor="test", now=LAUNCH_DAY)
    open_window(house, window_id(house, "mobilization/pilot", "audit"), now=at("2009-09-07 00:00"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"training"', '"renamed"', "KeyError"),
        ('"code":"audit"', '"kode":"audit"', "ValidationError"),
        ("Asia/Shanghai", "Asia/Nowhere", "ValidationError"),
    ],
    ids=["a task that is gone", "a key that is not known", "a zone that is not known"],
)
def test_a_notice_that_cannot_be_written_is_dead_and_the_others_go_on(
    house: House, old: str, new: str, says: str
) -> None:
    whole, broken = own_notices(house, 2)
    _audit(house)
    with transaction(house.engine) as session:
        line, task = table_of(NoticeLine), table_of(Assignment)
        audits = session.scalar(select(func.max(task.c.id)).where(task.c.branch_id == 2, task.c.due_at > MORNING))
        session.execute(
            update(line)
            .where(line.c.notice_id == broken, line.c.due_at > MORNING)
            .values(campaign_id=2, assignment_id=audits)
        )
    _change_definition(house, 2, old, new)
    claimed = _claim(house)
    assert ([parcel.message.to for parcel in claimed.parcels], claimed.report.dead) == (["联络员OU1-1"], 1)
    assert read_notice(house, whole).status is NoticeStatus.SENDING
    assert [delivery.status for delivery in read_deliveries(house, broken)] == [DeliveryStatus.DEAD]
    dead = read_notice(house, broken)
    assert dead.status is NoticeStatus.DEAD
    assert (dead.reason or "").startswith(f"cannot be written: {says}: ")
    assert "\n" not in (dead.reason or "")


def test_a_notice_that_can_be_written_again_goes_when_it_is_requeued(house: House) -> None:
    (notice,) = own_notices(house, 1)
    _change_definition(house, 1, '"training"', '"renamed"')
    assert _claim(house) == Claim(report=DeliveryReport(dead=1))
    _change_definition(house, 1, '"renamed"', '"training"')
    requeue(house, notice, "chen", MORNING)
    assert len(_claim(house).parcels) == 1
