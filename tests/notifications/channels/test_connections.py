"""Connections by HTTP: kept from one message to the next, ended when they are old, and answers read to their end."""

from time import sleep

import pytest

from config.vocabulary import Outcome
from notifications.channels.message import Verdict
from notifications.channels.site import Site
from notifications.channels.wire import connections
from tests.notifications.channels.factories import send
from tests.peers.certificates import Certificates
from tests.peers.literal import Literal, a_literal_peer
from tests.peers.webhook import a_webhook

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
LONG = b"x" * 1_000_000


def _send(site: Site, peer: Literal, scheme: str = "json") -> Verdict:
    return send(site, f"{scheme}://localhost:{peer.port}/hook")


def test_one_connection_is_kept_for_many_messages(site: Site) -> None:
    with a_webhook() as webhook:
        for _ in range(5):
            send(site, webhook.address)
    assert len(webhook.requests) == 5
    assert len({request.connection for request in webhook.requests}) == 1


def test_one_that_the_server_has_ended_is_opened_anew(site: Site) -> None:
    with a_literal_peer(OK) as peer:
        outcomes = set()
        for _ in range(3):
            outcomes.add(_send(site, peer).outcome)
            sleep(0.5)  # the end of a connection takes a moment to arrive
    assert outcomes == {Outcome.ACCEPTED}
    assert (peer.connections, peer.requests) == (3, 3)


def test_one_that_was_idle_for_long_is_opened_anew(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_literal_peer(OK, OK) as peer:
        _send(site, peer)
        monkeypatch.setattr(connections, "IDLE_SECONDS", -1.0)
        assert _send(site, peer).outcome is Outcome.ACCEPTED
    assert peer.connections == 2


def test_no_more_are_kept_than_a_few(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_IDLE", 1)
    with a_literal_peer(OK, OK, OK) as first, a_literal_peer(OK, OK, OK) as second:
        for peer in (first, first, second, second, first):
            _send(site, peer)
    assert (first.connections, second.connections) == (2, 1)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(OK, id="a length"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", id="chunks"),
        pytest.param(b"HTTP/1.1 204 No Content\r\n\r\n", id="none"),
        pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n" + OK, id="a word before it"),
    ],
)
def test_after_an_answer_whose_end_is_told_the_connection_goes_on(site: Site, answer: bytes) -> None:
    with a_literal_peer(answer, OK) as peer:
        outcomes = [_send(site, peer).outcome for _ in range(2)]
    assert outcomes == [Outcome.ACCEPTED] * 2
    assert (peer.connections, peer.requests) == (1, 2)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}", id="until it ends"),
        pytest.param(b"HTTP/1.0 200 OK\r\n\r\n{}", id="an older HTTP"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(LONG), LONG), id="more than is read"),
        pytest.param(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + LONG, id="more, until it ends"),
    ],
)
def test_an_answer_whose_end_is_not_told_or_not_read_ends_the_connection(site: Site, answer: bytes) -> None:
    with a_literal_peer(answer) as peer:
        outcomes = [_send(site, peer).outcome for _ in range(2)]
    assert outcomes == [Outcome.ACCEPTED] * 2
    assert (peer.connections, peer.requests) == (2, 2)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"", id="none"),
        pytest.param(b"HTTP/1.1 20", id="half a status"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}", id="half a body"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{}", id="half a chunk"),
        pytest.param(b"220 example.org ESMTP\r\n", id="another protocol"),
        pytest.param(b"HTTP/1.1 103 Early Hints\r\n\r\n" + OK, id="a word too many"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: " + LONG, id="a head without end"),
    ],
)
def test_what_is_no_answer_leaves_open_whether_it_was_taken(site: Site, answer: bytes) -> None:
    with a_literal_peer(answer) as peer:
        verdict = _send(site, peer)
    assert (verdict.outcome, verdict.is_account_down) == (Outcome.AMBIGUOUS, False)
    assert peer.requests == 1, "it is not sent again behind anyone's back"


def test_a_connection_whose_answer_was_not_understood_is_not_used_again(site: Site) -> None:
    with a_literal_peer(b"HTTP/1.1 103 Early Hints\r\n\r\n" + OK, OK) as peer:
        _send(site, peer)
        _send(site, peer)
    assert peer.connections == 2


def test_a_trusted_server_is_spoken_to_in_secret_over_one_connection(site: Site, trusted: Certificates) -> None:
    with a_literal_peer(OK, OK, tls=trusted.server_context()) as peer:
        outcomes = [_send(site, peer, "jsons").outcome for _ in range(2)]
    assert outcomes == [Outcome.ACCEPTED] * 2
    assert (peer.connections, peer.requests) == (1, 2)


def test_nothing_is_said_to_a_server_that_is_not_trusted(site: Site, certificates: Certificates) -> None:
    with a_literal_peer(OK, tls=certificates.server_context()) as peer:
        verdict = _send(site, peer, "jsons")
    assert (verdict.outcome, verdict.is_account_down) == (Outcome.TEMPORARY, True)
    assert verdict.detail.startswith("not reached: SSLCertVerificationError")
    assert peer.requests == 0
