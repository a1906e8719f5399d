"""Delivery through accounts: rates are kept and waited for, one that is down rests, a dead channel is given up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from sqlmodel import col, select

from actions.add_channel import Address, add_channel
from actions.house import House
from actions.reading.channels import read_channels
from actions.requeue import requeue
from actions.switch_channel import disable_channel
from config.errors import Refusal
from config.vocabulary import ChannelStatus, DeliveryStatus, EventKind, NoticeStatus, OnDoubt, Outcome
from flows.delivery import delivery
from models.database import snapshot, transaction
from models.dialects import table_of
from models.event import Event
from models.officer import Channel
from notifications.channels.message import Message, Verdict
from notifications.channels.services import Rate
from notifications.channels.site import Site
from notifications.outbox.report import DeliveryReport
from tests.notifications.crowd import a_crowd, a_crowd_in_reach
from tests.notifications.factories import (
    EVENING,
    MORNING,
    About,
    a_notice,
    an_account,
    an_open_house,
    mails,
    own_notices,
    read_account,
    read_attempts,
    read_deliveries,
    read_notice,
    set_channel,
)
from tests.peers.server import Answer, Request, serving

MINUTE = timedelta(minutes=1)
SECRET = "k3y-of-the-robot"
DEAD = Verdict(Outcome.PERMANENT, f"no robot has the key {SECRET}", is_channel_dead=True)
DOWN = Verdict(Outcome.TEMPORARY, "not reached", is_account_down=True)


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return an_open_house(engine, tmp_path / "home")


@dataclass
class Provider:
    """A provider of verdicts; it keeps to whom messages came."""

    verdict: Verdict
    received: list[str] = field(default_factory=list)
    service: str = "robot"
    account: str | None = None

    def send(self, message: Message) -> Verdict:
        self.received.append(message.to)
        return self.verdict


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Provider:
    """What is reached at robot://: none of the real ones refuses for good when asked to."""
    from actions.sending import shipments

    found = Provider(DEAD)
    real = shipments.open_channel

    def open_channel(url: str, site: Site) -> object:
        return found if url.startswith("robot://") else real(url, site)

    monkeypatch.setattr(shipments, "open_channel", open_channel)
    return found


@dataclass
class VirtualClock:
    """Time that goes by only while somebody waits."""

    now: datetime = MORNING
    naps: list[float] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += timedelta(seconds=seconds)


def _deliver(house: House, now: datetime = MORNING) -> DeliveryReport:
    return delivery(house, lambda: now)


def _channels(house: House, service: str) -> Sequence[Channel]:
    with snapshot(house.engine) as session:
        return session.exec(select(Channel).where(Channel.service == service).order_by(col(Channel.id))).all()


def _disabled_events(house: House) -> Sequence[Event]:
    with snapshot(house.engine) as session:
        return session.exec(select(Event).where(Event.kind == EventKind.CHANNEL_DISABLED)).all()


def _many_notices(house: House, officer: str, count: int) -> None:
    for days in range(count):
        morning = MORNING - timedelta(days=days)
        a_notice(house, officer, [About(officer[1:])], sends_from=morning, sends_until=EVENING)


def test_a_channel_that_refuses_for_good_is_disabled_with_one_event_and_the_next_is_taken(
    house: House, provider: Provider
) -> None:
    set_channel(house, "OU1-1", f"robot://{SECRET}", "folder://second")
    _many_notices(house, "OU1-1", 3)
    assert _deliver(house) == DeliveryReport(sent=3, failed=3)
    assert len(provider.received) == 1, "what was behind it went on without a try"
    (channel,) = _channels(house, "robot")
    assert (channel.status, channel.disabled_at, channel.is_reported) == (ChannelStatus.DISABLED, MORNING, False)
    (event,) = _disabled_events(house)
    assert (event.actor, event.subject, event.after) == (
        "delivery",
        "OU1-1",
        f'{{"channel": {channel.id}, "service": "robot"}}',
    )
    assert [mail.parent.name for mail in mails(house.home)] == ["second"] * 3


def test_no_secret_of_an_address_is_kept_in_what_its_provider_said(house: House, provider: Provider) -> None:
    set_channel(house, "OU1-1", f"robot://{SECRET}")
    (notice,) = own_notices(house, 1)
    assert _deliver(house) == DeliveryReport(dead=1)
    said = "no robot has the key …"
    assert read_attempts(house, notice)[0].detail == said
    assert read_notice(house, notice).reason == said
    assert _channels(house, "robot")[0].disabled_reason == said
    assert _disabled_events(house)[0].reason == said


def test_an_answer_that_no_database_takes_stops_no_delivery(house: House, provider: Provider) -> None:
    provider.verdict = Verdict(Outcome.ACCEPTED, "took\0 it \ud800", receipt="r\0-\udfff1")
    set_channel(house, "OU1-1", f"robot://{SECRET}")
    (notice,) = own_notices(house, 1)
    assert _deliver(house) == DeliveryReport(sent=1)
    assert read_attempts(house, notice)[0].detail == "took it"
    assert read_deliveries(house, notice)[0].receipt == "r-1"


@pytest.mark.parametrize(
    ("others", "report", "statuses"),
    [
        (("folder://second",), DeliveryReport(sent=1, failed=1), [DeliveryStatus.DEAD, DeliveryStatus.SENT]),
        ((), DeliveryReport(dead=1), [DeliveryStatus.DEAD]),
    ],
    ids=["another is left", "none is left"],
)
def test_what_waits_on_a_channel_that_is_disabled_meanwhile_is_not_stuck(
    house: House, provider: Provider, others: tuple[str, ...], report: DeliveryReport, statuses: list[DeliveryStatus]
) -> None:
    set_channel(house, "OU1-1", "robot://first-of-them", *others)
    provider.verdict = Verdict(Outcome.TEMPORARY, "later")
    (notice,) = own_notices(house, 1)
    assert _deliver(house) == DeliveryReport(failed=1)
    disable_channel(house, _channels(house, "robot")[0].id, reason="left", actor="chen", now=MORNING)
    assert _deliver(house, MORNING + MINUTE) == report
    assert [found.status for found in read_deliveries(house, notice)] == statuses
    if not others:
        assert read_notice(house, notice).reason == "the channel was disabled: left"
    assert len(provider.received) == 1


@pytest.mark.parametrize("waits_for", ["its own wait", "its account's rest", "a slot of its account"])
def test_what_waits_on_a_disabled_channel_waits_for_no_turn_any_more(
    house: House, provider: Provider, waits_for: str
) -> None:
    provider.verdict = Verdict(Outcome.TEMPORARY, "later", is_account_down=waits_for == "its account's rest")
    set_channel(house, "OU1-1", f"robot://{SECRET}")
    if waits_for != "its own wait":
        an_account(house, "OU1-1", rate=Rate(1, 3600), service="robot")
    add_channel(house, Address("OU1-1", "folder://second"), actor="chen", now=MORNING)
    _many_notices(house, "OU1-1", 2 if waits_for == "a slot of its account" else 1)
    assert _deliver(house).failed == 1
    disable_channel(house, _channels(house, "robot")[0].id, reason="left", actor="chen", now=MORNING)
    waited = 2 if waits_for == "a slot of its account" else 1
    assert _deliver(house) == DeliveryReport(sent=waited, failed=waited)
    assert [mail.parent.name for mail in mails(house.home)] == ["second"] * waited


def test_a_notice_that_goes_again_waits_its_turn_as_its_channel_does_now(house: House, provider: Provider) -> None:
    """One that was held by an older version knows nothing of the account that its channel has been put under."""
    provider.verdict = Verdict(Outcome.AMBIGUOUS, "no answer")
    set_channel(house, "OU1-1", f"robot://{SECRET}")
    (notice,) = own_notices(house, 1)
    assert _deliver(house) == DeliveryReport(held=1)
    account = an_account(house, "OU1-1", rate=Rate(20, 60))
    with transaction(house.engine) as session:
        session.execute(update(table_of(Channel)).values(on_doubt=OnDoubt.REPEAT))
    requeue(house, notice, actor="chen", now=MORNING)
    (found,) = read_deliveries(house, notice)
    assert (found.status, found.account_id, found.on_doubt) == (DeliveryStatus.PLANNED, account, OnDoubt.REPEAT)


def test_retrying_a_notice_whose_reader_nothing_reaches_is_refused(house: House, provider: Provider) -> None:
    set_channel(house, "OU1-1", f"robot://{SECRET}")
    (notice,) = own_notices(house, 1)
    _deliver(house)
    with pytest.raises(Refusal, match=f"notice {notice}: its reader has no active channel"):
        requeue(house, notice, "chen", MORNING)
    assert read_notice(house, notice).status is NoticeStatus.DEAD
    set_channel(house, "OU1-1", "folder://new")
    requeue(house, notice, "chen", MORNING)
    assert _deliver(house) == DeliveryReport(sent=1)


def test_an_account_that_is_down_is_asked_once_and_holds_up_nobody(house: House, provider: Provider) -> None:
    provider.verdict = DOWN
    account = an_account(house)
    a_crowd(house, [f"P{number}" for number in range(30)], lambda name: f"robot://{name}-key", account)
    a_crowd(house, [f"Q{number}" for number in range(30)], lambda name: f"folder://{name}")
    assert _deliver(house) == DeliveryReport(sent=30, failed=1, waiting=30)
    assert len(provider.received) == 1
    assert read_account(house, account).paused_until == MORNING + MINUTE
    provider.verdict = Verdict(Outcome.ACCEPTED, "ok")
    assert _deliver(house, MORNING + MINUTE) == DeliveryReport(sent=30)


@pytest.mark.parametrize("address", ["json://{host}/hook", "gotify://{host}/AbcdefghijklmnO"])
def test_a_worker_that_may_not_reach_a_host_gives_no_channel_up_and_another_sends(house: House, address: str) -> None:
    closed = House(house.settings.model_copy(update={"networks": ()}), house.engine, house.seal)
    asked: list[str] = []

    def respond(request: Request) -> Answer:
        asked.append(request.path)
        return Answer.of({"id": 1})

    with serving(respond) as origin:
        crowd = [f"P{number}" for number in range(3)]
        written = address.format(host=origin.removeprefix("http://"))
        a_crowd_in_reach(house, crowd, lambda _: written, MORNING)
        assert _deliver(closed) == DeliveryReport(failed=1, waiting=3), "the others need not be tried"
        assert _deliver(closed) == DeliveryReport(waiting=3), "and not before the rest is over"
        listed = read_channels(house, officer="P0")[0]
        assert (listed.status, listed.paused_until) == (ChannelStatus.ACTIVE, MORNING + MINUTE)
        assert "ROLLCALL_NETWORKS" in (listed.paused_reason or "")
        assert asked == []
        assert _deliver(house, MORNING + MINUTE) == DeliveryReport(sent=3)
    assert len(asked) == 3


def test_without_leave_to_wait_it_says_how_many_wait_for_their_turn(house: House) -> None:
    an_account(house, "OU1-1", rate=Rate(2, 60))
    _many_notices(house, "OU1-1", 5)
    assert _deliver(house) == DeliveryReport(sent=2, waiting=3)
    assert _deliver(house, MORNING + MINUTE) == DeliveryReport(sent=2, waiting=1)


@pytest.mark.parametrize(
    ("patience", "sent", "waited"),
    [(timedelta.max, 5, 2 * MINUTE), (MINUTE, 4, MINUTE), (59 * MINUTE / 60, 2, timedelta())],
    ids=["to the end", "a minute", "less than the turn takes"],
)
def test_it_waits_for_what_only_waits_for_its_turn(
    house: House, patience: timedelta, sent: int, waited: timedelta
) -> None:
    an_account(house, "OU1-1", rate=Rate(2, 60))
    _many_notices(house, "OU1-1", 5)
    clock = VirtualClock()
    assert delivery(house, clock, clock.wait, patience) == DeliveryReport(sent=sent, waiting=5 - sent)
    assert clock.now - MORNING == waited
    assert all(0 < nap <= 5 for nap in clock.naps)


def test_while_it_waits_what_is_planned_meanwhile_goes_out(house: House) -> None:
    an_account(house, "OU1-1", rate=Rate(1, 60))
    _many_notices(house, "OU1-1", 2)
    clock = VirtualClock()
    sent_at: list[datetime] = []

    def wait(seconds: float) -> None:
        clock.wait(seconds)
        if len(clock.naps) == 2:
            a_notice(house, "OU1-2", [About("U1-2")])
        if not sent_at and any(mail.parent.name == "OU1-2" for mail in mails(house.home)):
            sent_at.append(clock.now)

    assert delivery(house, clock, wait) == DeliveryReport(sent=3)
    assert sent_at[0] < MORNING + MINUTE / 2


def test_it_does_not_wait_for_what_was_refused_for_a_time(house: House, provider: Provider) -> None:
    provider.verdict = Verdict(Outcome.TEMPORARY, "mailbox full")
    set_channel(house, "OU1-1", "robot://someone")
    own_notices(house, 1)
    clock = VirtualClock()
    assert delivery(house, clock, clock.wait) == DeliveryReport(failed=1)
    assert clock.naps == []
