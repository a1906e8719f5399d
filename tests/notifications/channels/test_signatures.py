"""What DingTalk, Feishu and Lark have signed passes their own check, and nothing else does."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest

from config.vocabulary import Outcome
from notifications.channels.wire.signing import sign
from tests.notifications.channels.robots import MESSAGE, NOON, a_peer, send
from tests.peers.dingtalk import a_dingtalk_robot
from tests.peers.feishu import a_feishu_robot, a_lark_robot
from tests.peers.provider import Provider

SIGNED = ["dingtalk", "feishu", "lark"]
MAKE = {"dingtalk": a_dingtalk_robot, "feishu": a_feishu_robot, "lark": a_lark_robot}


def _peer(service: str, secret: str | None) -> AbstractContextManager[Provider]:
    return MAKE[service](lambda: NOON, secret=secret)


def test_a_signature_is_what_openssl_makes_of_it() -> None:
    assert sign("SECabc123", "1253433600000\nSECabc123") == "l2W3wqrpZfjFeJSlwkpWz3N3vRVU7G432Nict2vWNDo="
    assert sign("1253433600\ns3cret/+=", "") == "bquW5V+44Ko5/RbHNdlYNvGKusUFa7UYF6JFJ/tBCJQ="


@pytest.mark.parametrize("service", SIGNED)
def test_a_signed_message_passes_the_peers_own_check(service: str) -> None:
    with a_peer(service) as peer:
        # Whatever signs come out: + and / are the ones that a careless encoding loses.
        verdicts = [send(peer, replace(MESSAGE, sent_at=NOON + timedelta(seconds=number))) for number in range(5)]
    assert [verdict.outcome for verdict in verdicts] == [Outcome.ACCEPTED] * 5


@pytest.mark.parametrize("sent_at", [NOON - timedelta(minutes=59), NOON + timedelta(minutes=59, microseconds=1)])
@pytest.mark.parametrize("service", SIGNED)
def test_clocks_may_differ_by_less_than_an_hour(service: str, sent_at: datetime) -> None:
    with a_peer(service) as peer:
        assert send(peer, replace(MESSAGE, sent_at=sent_at)).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(
    ("service", "outcome", "is_channel_dead"),
    [
        ("dingtalk", Outcome.TEMPORARY, False),
        # Feishu doesn't say which of the two it was.
        ("feishu", Outcome.PERMANENT, True),
        ("lark", Outcome.PERMANENT, True),
    ],
)
@pytest.mark.parametrize("difference", [timedelta(minutes=61), timedelta(minutes=-61)])
def test_a_signature_of_another_hour_is_refused(
    service: str, outcome: Outcome, is_channel_dead: bool, difference: timedelta
) -> None:
    with a_peer(service) as peer:
        verdict = send(peer, replace(MESSAGE, sent_at=NOON + difference))
    assert (verdict.outcome, verdict.is_channel_dead) == (outcome, is_channel_dead)
    assert peer.accepted == []


@pytest.mark.parametrize("service", SIGNED)
def test_an_unsigned_message_is_refused_where_the_robot_wants_it_signed(service: str) -> None:
    with a_peer(service) as peer:
        verdict = send(peer, url=f"{service}://{peer.token}")
    assert verdict.outcome is Outcome.PERMANENT
    assert verdict.is_channel_dead
    assert peer.accepted == []


@pytest.mark.parametrize("service", SIGNED)
def test_a_message_signed_with_another_secret_is_refused(service: str) -> None:
    with a_peer(service) as peer:
        verdict = send(peer, url=f"{service}://SECwrong@{peer.token}")
    assert (verdict.outcome, verdict.is_channel_dead) == (Outcome.PERMANENT, True)
    assert peer.accepted == []


@pytest.mark.parametrize("service", SIGNED)
def test_a_robot_without_a_secret_is_sent_no_signature(service: str) -> None:
    with _peer(service, None) as peer:
        assert send(peer, replace(MESSAGE, sent_at=None)).outcome is Outcome.ACCEPTED
    assert "sign" not in peer.accepted[0].payload
    assert "sign" not in peer.asked[0].parameters


@pytest.mark.parametrize("secret", ["a:b@c/d%e+f=g?h#i&j", "密钥", "%2F"])
@pytest.mark.parametrize("service", ["feishu", "lark"])
def test_a_secret_may_hold_any_character(service: str, secret: str) -> None:
    with _peer(service, secret) as peer:
        assert quote(secret, safe="") in peer.url
        assert send(peer).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("service", SIGNED)
def test_nothing_is_signed_without_the_instant_of_the_try(service: str) -> None:
    with a_peer(service) as peer, pytest.raises(ValueError, match="instant of its try"):
        send(peer, replace(MESSAGE, sent_at=None))
    assert peer.asked == []
