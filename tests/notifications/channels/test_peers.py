"""The peers keep the providers' rates by the clock they are given, so that whoever counts at them may believe them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from config.vocabulary import Outcome
from notifications.channels.services import SERVICES
from tests.notifications.channels.robots import FIVE, NOON, send
from tests.peers.dingtalk import a_dingtalk_robot
from tests.peers.feishu import a_feishu_robot
from tests.peers.provider import Provider

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("service", ["wecombot", "dingtalk", "feishu", "lark"])
def test_a_sender_that_keeps_its_rate_is_never_throttled(service: str) -> None:
    rate = SERVICES[service].rate
    assert rate is not None
    now = NOON
    with FIVE[service](lambda: now) as peer:
        for _ in range(130 // rate.count):
            assert {send(peer).outcome for _ in range(rate.count)} == {Outcome.ACCEPTED}
            now += rate.seconds * SECOND


def test_the_peer_of_feishu_counts_the_second_and_the_minute() -> None:
    now = NOON
    with a_feishu_robot(lambda: now) as peer:
        outcomes = []
        for _ in range(21):
            outcomes += [send(peer).outcome for _ in range(5)]
            now += SECOND
        assert outcomes == [Outcome.ACCEPTED] * 100 + [Outcome.THROTTLED] * 5
        now += 40 * SECOND
        assert send(peer).outcome is Outcome.ACCEPTED


def test_the_peer_of_dingtalk_is_quiet_for_ten_minutes() -> None:
    now = NOON
    with a_dingtalk_robot(lambda: now) as peer:
        assert [send(peer).outcome for _ in range(21)][-1] is Outcome.THROTTLED
        now += timedelta(minutes=9, seconds=59)
        assert send(peer).outcome is Outcome.THROTTLED
        now += SECOND
        assert send(peer).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(("make", "code"), [(a_dingtalk_robot, "310000"), (a_feishu_robot, "19024")])
def test_a_robot_that_wants_a_keyword_takes_no_text_without_it(
    make: Callable[..., AbstractContextManager[Provider]], code: str
) -> None:
    with make(lambda: NOON, keyword="学习") as peer:
        assert send(peer, body="学习实践活动").outcome is Outcome.ACCEPTED
        verdict = send(peer, body="实践活动")
    assert (verdict.outcome, verdict.is_channel_dead) == (Outcome.PERMANENT, True)
    assert code in verdict.detail
