"""Whom a channel may connect to: public addresses, and those an operator allows, whatever they are written like."""

import pytest

from config.vocabulary import Outcome
from notifications.channels.message import Verdict, account_refused
from notifications.channels.wire import network
from notifications.channels.wire.http import post
from notifications.channels.wire.network import Forbidden, allowed_addresses, is_allowed
from tests.peers.server import LOOPBACK, Answer, Request, serving


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "0x7f000001",
        "2130706433",
        "0177.0.0.1",
        "127.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%lo",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "::169.254.169.254",
        "::ffff:0:127.0.0.1",
        "fec0::1",
        "3fff::1",
        "64:ff9b::7f00:1",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001::1",
        "ff02::1",
        "::7f00:1",
    ],
)
def test_what_is_not_public_is_refused_in_every_spelling(host: str) -> None:
    with pytest.raises(Forbidden, match="not public"):
        allowed_addresses(host, 80, ())


@pytest.mark.parametrize("address", ["8.8.8.8", "2400:3200::1", "::ffff:8.8.8.8"])
def test_what_is_public_may_be_reached(address: str) -> None:
    assert is_allowed(address, ())


def test_an_operator_allows_a_network_and_no_more() -> None:
    assert allowed_addresses("127.0.0.1", 80, [LOOPBACK]) == ["127.0.0.1"]
    assert is_allowed("::ffff:127.0.0.1", [LOOPBACK])
    assert not is_allowed("::1", [LOOPBACK])
    assert not is_allowed("169.254.169.254", [LOOPBACK])


def test_of_a_host_with_very_many_addresses_few_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each that does not answer takes seconds, and whoever owns a name may give it a hundred."""
    many = [(0, 0, 0, "", (f"8.8.8.{number}", 80)) for number in range(100)]
    monkeypatch.setattr(network.socket, "getaddrinfo", lambda *_, **__: many)
    assert allowed_addresses("example.org", 80, ()) == [f"8.8.8.{number}" for number in range(network.MOST_ADDRESSES)]


def test_a_name_that_nobody_knows_has_no_addresses() -> None:
    assert allowed_addresses("no-such-host.invalid", 80, ()) == []


def test_nothing_is_sent_to_a_forbidden_address() -> None:
    asked: list[Request] = []

    def respond(request: Request) -> Answer:
        asked.append(request)
        return Answer(302, headers={"Location": "http://127.0.0.2:1/"})

    with serving(respond) as origin:
        for spelling in (origin, origin.replace("127.0.0.1", "0x7f000001"), origin.replace("127.0.0.1", "localhost")):
            verdict = post(f"{spelling}/hook", b"{}", {}, ())
            assert isinstance(verdict, Verdict)
            assert verdict == account_refused(verdict.detail), "another worker may have the operator's setting"
            assert "ROLLCALL_NETWORKS" in verdict.detail
    assert asked == []


def test_connections_are_shared_and_redirects_are_not_followed() -> None:
    with serving(lambda _: Answer(302, headers={"Location": "http://127.0.0.2:1/"})) as origin:
        answers = [post(f"{origin}/hook", b"{}", {}, (LOOPBACK,)) for _ in range(3)]
    assert [getattr(answer, "status", None) for answer in answers] == [302, 302, 302]


def test_what_never_left_is_temporary_and_what_was_read_is_ambiguous() -> None:
    with serving(lambda _: Answer(hang_up=True)) as origin:
        cut = post(f"{origin}/hook", b"{}", {}, (LOOPBACK,))
    refused = post(f"{origin}/hook", b"{}", {}, (LOOPBACK,))
    assert isinstance(cut, Verdict)
    assert isinstance(refused, Verdict)
    assert (cut.outcome, refused.outcome) == (Outcome.AMBIGUOUS, Outcome.TEMPORARY)
