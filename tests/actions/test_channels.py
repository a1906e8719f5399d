"""Channels as a coordinator handles them: added, listed, disabled, taken up again; never shown."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from actions.add_channel import Address, add_channel
from actions.add_officer import NewOfficer
from actions.house import House
from actions.reading.channels import read_channels
from actions.registry.channels import adopt_accounts, check_channel
from actions.switch_channel import disable_channel, enable_channel
from actions.try_channel import try_channel
from cli.options import LONGEST_REASON
from config.errors import Refusal
from config.vocabulary import ChannelStatus, EventKind, OfficerRole, OnDoubt, Outcome
from models.account import Account, Slot
from models.database import snapshot, transaction
from models.event import Event
from models.officer import Channel
from notifications.channels.opening import open_channel
from tests.factories import LAUNCH_DAY, a_registered_house
from tests.notifications.factories import mails
from tests.peers.provider import Provider
from tests.peers.server import Answer, serving
from tests.peers.wecom import a_wecom_robot

SECRET = "0123456789abcdef"


@pytest.fixture
def house(engine: Engine, tmp_path) -> House:
    return a_registered_house(engine, tmp_path / "home")


def _add(house: House, url: str, officer: str = "OU1-1", **more: object) -> int:
    return add_channel(house, Address(officer, url, **more), actor="chen", now=LAUNCH_DAY)


def _closed(house: House) -> House:
    """The same house, on a machine where the operator allows no network."""
    return House(house.settings.model_copy(update={"networks": ()}), house.engine, house.seal)


def _events(house: House, kind: EventKind) -> list[Event]:
    with snapshot(house.engine) as session:
        return list(session.scalars(select(Event).where(col(Event.kind) == kind).order_by(col(Event.id))))


def test_a_new_channel_is_tried_after_those_there_are_or_before_them(house: House) -> None:
    last, first = _add(house, "folder://last"), _add(house, "folder://first", is_first=True)
    listed = [channel.channel for channel in read_channels(house, officer="OU1-1")]
    assert (listed[0], listed[-1]) == (first, last)


def test_an_address_is_stored_sealed_and_told_nowhere(house: House) -> None:
    number = _add(house, f"wecombot://{SECRET}")
    with snapshot(house.engine) as session:
        assert SECRET not in session.get_one(Channel, number).address
    (event,) = _events(house, EventKind.CHANNEL_ADDED)[-1:]
    assert SECRET not in f"{event.subject} {event.after}"
    assert SECRET not in repr(read_channels(house))


def test_an_address_on_its_way_in_is_not_shown_either(house: House) -> None:
    url = f"jsons://93.184.216.34/hooks/{SECRET}"
    officer = NewOfficer("O9", "张三", OfficerRole.GROUP, channel=url, phone=SECRET)
    checked = check_channel(house, "OU1-1", url)
    said = repr([Address("OU1-1", url), officer, checked, open_channel(url, house.site)])
    assert SECRET not in said


def test_the_same_address_twice_is_refused_with_the_number_it_has(house: House) -> None:
    number = _add(house, "folder://again")
    with pytest.raises(Refusal, match=f"has it already, as channel {number}"):
        _add(house, "folder://again")
    disable_channel(house, number, reason="left", actor="chen", now=LAUNCH_DAY)
    with pytest.raises(Refusal, match=f"rollcall channel enable {number}"):
        _add(house, "folder://again")


@pytest.mark.parametrize(
    ("officer", "url", "says"),
    [
        ("nobody", "folder://x", "officer nobody: unknown"),
        ("OU1-1", "nosuch://x", "no such service"),
        ("OU1-1", "folder://a folder://b", "one address"),
        ("OU1-1", "jsons://127.0.0.2,json://b", "one address"),
        ("OU1-1", "json://0x7f000001/hook", "not public"),
        ("OU1-1", "json://169.254.169.254/latest", "not public"),
        ("OU1-1", "json://[64:ff9b::7f00:1]/x", "not public"),
        ("OU1-1", "gotify://10.0.0.1/AbcdefghijklmnO", "not public"),
        ("OU1-1", "mailto://10.0.0.1?to=a@example.org&from=b@example.org", "not public"),
        ("OU1-1", "syslog://", "ROLLCALL_SERVICES"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(house: House, officer: str, url: str, says: str) -> None:
    with pytest.raises(Refusal, match=says) as refused:
        _add(_closed(house), url, officer)
    assert "\n" not in str(refused.value)
    assert len(read_channels(house, officer="OU1-1")) == 1


def test_an_operator_says_what_becomes_of_a_doubtful_message(house: House) -> None:
    _add(house, "json://127.0.0.1/hook", on_doubt=OnDoubt.HOLD)
    (*_, channel) = read_channels(house, officer="OU1-1")
    assert channel.on_doubt is OnDoubt.HOLD


def test_a_disabled_channel_keeps_the_reason_and_can_be_taken_up_again(house: House) -> None:
    number = _add(house, "folder://spare")
    disable_channel(house, number, reason="left the company", actor="chen", now=LAUNCH_DAY)
    (channel,) = read_channels(house, status=ChannelStatus.DISABLED)
    assert (channel.channel, channel.disabled_reason, channel.disabled_at) == (number, "left the company", LAUNCH_DAY)
    with pytest.raises(Refusal, match="disabled already, because: left the company"):
        disable_channel(house, number, reason="again", actor="chen", now=LAUNCH_DAY)
    enable_channel(house, number, actor="chen", now=LAUNCH_DAY)
    with pytest.raises(Refusal, match="is active"):
        enable_channel(house, number, actor="chen", now=LAUNCH_DAY)
    assert read_channels(house, status=ChannelStatus.DISABLED) == ()
    assert [event.reason for event in _events(house, EventKind.CHANNEL_DISABLED)] == ["left the company"]
    assert len(_events(house, EventKind.CHANNEL_ENABLED)) == 1


def test_a_reason_may_be_as_long_as_the_command_line_takes_it(house: House) -> None:
    number, reason = _add(house, "folder://spare"), "长" * LONGEST_REASON
    disable_channel(house, number, reason=reason, actor="chen", now=LAUNCH_DAY)
    (channel,) = read_channels(house, status=ChannelStatus.DISABLED)
    assert channel.disabled_reason == reason


def test_an_unknown_channel_is_refused(house: House) -> None:
    with pytest.raises(Refusal, match="channel 9999: there is none"):
        disable_channel(house, 9_999, reason="x", actor="chen", now=LAUNCH_DAY)


def test_a_robot_that_several_share_is_one_account_with_one_rate(house: House) -> None:
    _add(house, f"wecombot://{SECRET}", "OU1-1")
    _add(house, f"wecombot://{SECRET}", "OU1-2")
    _add(house, "wecombot://another-key", "OU1-3")
    with snapshot(house.engine) as session:
        accounts = session.scalars(select(Account)).all()
        slots = session.execute(select(col(Slot.account_id), col(Slot.number))).all()
    assert [(account.rate_count, account.rate_seconds) for account in accounts] == [(20, 60)] * 2
    assert len(slots) == 40
    assert all(SECRET not in account.fingerprint for account in accounts)


def test_channels_of_an_older_version_are_put_under_their_accounts(house: House) -> None:
    number = _add(house, f"wecombot://{SECRET}")
    with transaction(house.engine) as session:
        channel = session.get_one(Channel, number)
        channel.account_id, channel.on_doubt = None, OnDoubt.REPEAT
        session.add(channel)
    for _ in range(2):
        with transaction(house.engine) as session:
            adopt_accounts(session, house)
    with snapshot(house.engine) as session:
        channel = session.get_one(Channel, number)
        assert channel.on_doubt is OnDoubt.HOLD
        assert session.get_one(Account, channel.account_id).rate_count == 20


def test_bringing_up_to_date_again_leaves_what_an_operator_said_of_doubt(house: House) -> None:
    number = _add(house, "folder://slow-share", on_doubt=OnDoubt.HOLD)
    with transaction(house.engine) as session:
        adopt_accounts(session, house)
    with snapshot(house.engine) as session:
        assert session.get_one(Channel, number).on_doubt is OnDoubt.HOLD


def test_a_trial_arrives_now_and_stands_on_record(house: House) -> None:
    (channel,) = read_channels(house, officer="OU1-1")
    verdict = try_channel(house, channel.channel, actor="chen", clock=lambda: LAUNCH_DAY)
    assert verdict.outcome is Outcome.ACCEPTED
    (mail,) = mails(house.home)
    assert "这是一条测试消息" in mail.read_text(encoding="utf-8")
    (event,) = _events(house, EventKind.CHANNEL_TESTED)
    assert '"outcome": "accepted"' in (event.after or "")


def _reaching(house: House, peer: Provider) -> House:
    """The same house, which reaches WeCom where the peer is."""
    settings = house.settings.model_copy(update={"endpoints": dict([peer.endpoint])})
    return House(settings, house.engine, house.seal)


def test_a_refused_trial_says_the_providers_words_without_the_key_and_disables_nothing(house: House) -> None:
    number = _add(house, f"wecombot://{SECRET}")
    with a_wecom_robot(now=lambda: LAUNCH_DAY) as peer:
        at_peer = _reaching(house, peer)
        verdict = try_channel(at_peer, number, actor="chen", clock=lambda: LAUNCH_DAY)
    assert (verdict.outcome, verdict.is_channel_dead) == (Outcome.PERMANENT, True)
    assert SECRET not in verdict.detail
    (*_, channel) = read_channels(house, officer="OU1-1")
    assert channel.status is ChannelStatus.ACTIVE


def test_a_trial_of_what_may_not_be_reached_here_is_refused_in_one_line(house: House) -> None:
    number = _add(house, f"json://127.0.0.1/hooks/{SECRET}")
    with pytest.raises(Refusal, match="channel json://…: the host stands for an address that is not public") as refused:
        try_channel(_closed(house), number, actor="chen", clock=lambda: LAUNCH_DAY)
    assert "\n" not in str(refused.value)
    assert _events(house, EventKind.CHANNEL_TESTED) == []


def test_a_trial_takes_its_turn_like_every_message(house: House) -> None:
    with a_wecom_robot(now=lambda: LAUNCH_DAY) as peer:
        number = _add(house, peer.url)
        at_peer = _reaching(house, peer)
        for _ in range(20):
            assert try_channel(at_peer, number, actor="chen", clock=lambda: LAUNCH_DAY).outcome is Outcome.ACCEPTED
        with pytest.raises(Refusal, match="has sent all that it may for now, 20 messages in 60 s"):
            try_channel(at_peer, number, actor="chen", clock=lambda: LAUNCH_DAY)
        assert len(peer.accepted) == 20


@pytest.mark.parametrize(
    ("answer", "outcome", "rests"),
    [
        (Answer(429, headers={"Retry-After": "120"}), Outcome.THROTTLED, timedelta(minutes=2)),
        (Answer(403), Outcome.PERMANENT, None),
    ],
    ids=["throttled", "refused"],
)
def test_a_provider_that_asks_a_trial_for_rest_is_left_alone(
    house: House, answer: Answer, outcome: Outcome, rests: timedelta | None
) -> None:
    with serving(lambda _: answer) as origin:
        number = _add(house, f"json://{origin.removeprefix('http://')}/hook")
        assert try_channel(house, number, actor="chen", clock=lambda: LAUNCH_DAY).outcome is outcome
    (*_, channel) = read_channels(house, officer="OU1-1")
    assert channel.paused_until == (LAUNCH_DAY + rests if rests else None)
    if rests:
        with pytest.raises(Refusal, match=r"rests until .* UTC: HTTP 429"):
            try_channel(house, number, actor="chen", clock=lambda: LAUNCH_DAY)
