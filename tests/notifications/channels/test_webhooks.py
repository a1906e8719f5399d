"""Webhooks: signed, known again when repeated, and read."""

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from time import monotonic

import pytest

from config.errors import Refusal
from config.vocabulary import Outcome
from notifications.channels.opening import open_channel
from notifications.channels.site import Site
from notifications.channels.wire import connections
from tests.notifications.channels.factories import MESSAGE, send
from tests.peers.faulty import a_dripping_peer, a_hanging_peer, goes_away, has_had_enough
from tests.peers.server import Answer, Request, serving
from tests.peers.webhook import SECRET, a_webhook


def test_a_message_arrives_signed_and_the_answers_id_is_the_receipt(site: Site) -> None:
    with a_webhook() as webhook:
        verdict = send(site, webhook.address)
    assert (verdict.outcome, verdict.receipt) == (Outcome.ACCEPTED, "r-1")
    (request,) = webhook.requests
    assert (request.path, request.headers["content-type"]) == ("/hook", "application/json")
    assert request.json() == {
        "version": 1,
        "key": "rollcall-17",
        "to": MESSAGE.to,
        "subject": MESSAGE.subject,
        "body": MESSAGE.body,
        "dated": "2009-09-16T00:30:00+00:00",
    }


def test_a_repeat_is_the_same_to_the_last_byte_and_bears_the_same_key(site: Site) -> None:
    with a_webhook() as webhook:
        for _ in range(2):
            send(site, webhook.address)
    first, second = webhook.requests
    assert first == second
    assert webhook.keys == {"rollcall-17": 2}


def test_a_receiver_sends_away_what_was_signed_with_another_secret(site: Site) -> None:
    with a_webhook() as webhook:
        verdict = send(site, webhook.address.replace(SECRET, "another"))
    assert (verdict.outcome, verdict.is_channel_dead) == (Outcome.PERMANENT, True)
    assert webhook.requests == []


@pytest.mark.parametrize(
    ("answer", "receipt"),
    [
        (Answer.of({"id": 17}), "17"),
        (Answer.of({"id": "r"}, 202), "r"),
        (Answer(204), None),
        (Answer(200, b"fine"), None),
        (Answer.of([1]), None),
        (Answer.of({"id": None}), None),
    ],
)
def test_whatever_the_words_2xx_is_accepted(site: Site, answer: Answer, receipt: str | None) -> None:
    with a_webhook(lambda _: answer) as webhook:
        verdict = send(site, webhook.address)
    assert (verdict.outcome, verdict.receipt) == (Outcome.ACCEPTED, receipt)


@pytest.mark.parametrize(
    ("status", "outcome", "is_dead"),
    [
        (400, Outcome.PERMANENT, False),
        (401, Outcome.PERMANENT, True),
        (404, Outcome.PERMANENT, True),
        (410, Outcome.PERMANENT, True),
        (429, Outcome.THROTTLED, False),
        (500, Outcome.AMBIGUOUS, False),
        (503, Outcome.TEMPORARY, False),
    ],
)
def test_a_refusal_means_what_its_status_says(site: Site, status: int, outcome: Outcome, is_dead: bool) -> None:
    with a_webhook(lambda _: Answer(status, b"no")) as webhook:
        verdict = send(site, webhook.address)
    assert (verdict.outcome, verdict.is_channel_dead) == (outcome, is_dead)
    assert verdict.detail == f"HTTP {status} no"


@pytest.mark.parametrize("as_date", [False, True], ids=["seconds", "date"])
def test_one_that_has_had_enough_is_left_alone_as_long_as_it_asks(site: Site, as_date: bool) -> None:
    with a_webhook(has_had_enough(90, as_date=as_date)) as webhook:
        verdict = send(site, webhook.address)
    assert (verdict.outcome, verdict.retry_after) == (Outcome.THROTTLED, timedelta(seconds=90))


def test_one_that_goes_away_after_it_has_read_may_have_taken_it(site: Site) -> None:
    with a_webhook(goes_away) as webhook:
        verdict = send(site, webhook.address)
    assert verdict.outcome is Outcome.AMBIGUOUS
    assert len(webhook.requests) == 1, "it is not sent again behind anyone's back"


def test_one_that_never_answers_may_have_taken_it(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "ANSWER_SECONDS", 0.2)
    with a_hanging_peer() as port:
        verdict = send(site, f"json://127.0.0.1:{port}/hook")
    assert verdict.outcome is Outcome.AMBIGUOUS


@pytest.mark.parametrize(
    "first", [b"HTTP/1.1 200 OK\r\nX-Name: ", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"], ids=["head", "body"]
)
def test_one_whose_answer_never_ends_is_left_and_may_have_taken_it(
    site: Site, monkeypatch: pytest.MonkeyPatch, first: bytes
) -> None:
    monkeypatch.setattr(connections, "CALL_SECONDS", 0.5)
    began = monotonic()
    with a_dripping_peer(first) as port:
        verdict = send(site, f"json://127.0.0.1:{port}/hook")
    assert verdict.outcome is Outcome.AMBIGUOUS
    assert monotonic() - began < 2


@pytest.mark.parametrize("target", ["http://127.0.0.2:1/", "http://169.254.169.254/latest/meta-data", "/elsewhere"])
def test_a_redirect_is_followed_nowhere(site: Site, target: str) -> None:
    with a_webhook(lambda _: Answer(307, headers={"Location": target})) as webhook:
        verdict = send(site, webhook.address)
    assert (verdict.outcome, verdict.is_channel_dead) == (Outcome.PERMANENT, True)
    assert len(webhook.requests) == 1


def test_user_password_and_headers_go_along(site: Site) -> None:
    asked: list[Request] = []

    def respond(request: Request) -> Answer:
        asked.append(request)
        return Answer()

    with serving(respond) as origin:
        host = origin.removeprefix("http://")
        send(site, f"json://u:p%40w@{host}/a%20b/c?+X-Office=Baoding&+Accept-Language=zh")
        send(site, f"json://{host}?+Authorization=Bearer%20abc")
    first, second = asked
    assert first.path == "/a%20b/c"
    assert first.headers["authorization"] == f"Basic {b64encode(b'u:p@w').decode()}"
    assert (first.headers["x-office"], first.headers["accept-language"]) == ("Baoding", "zh")
    assert (second.path, second.headers["authorization"]) == ("/", "Bearer abc")


@pytest.mark.parametrize("echo", [SECRET, "pa55", b64encode(b"u:pa55").decode(), "token-1"])
def test_a_secret_that_a_receiver_repeats_is_masked(site: Site, echo: str) -> None:
    with a_webhook(lambda _: Answer(400, f"you said {echo}".encode())) as webhook:
        address = webhook.address.replace("json://", "json://u:pa55@")
        verdict = send(site, f"{address}&+X-Token=token-1")
    assert verdict.detail.startswith("HTTP 400 you said ")
    assert echo not in verdict.detail


def test_no_subject_leaves_its_place(site: Site) -> None:
    evil = replace(MESSAGE, subject='x","key":"other\r\n\r\n')
    with a_webhook() as webhook:
        send(site, webhook.address, evil)
    facts = json.loads(webhook.requests[0].body)
    assert (facts["key"], facts["subject"]) == ("rollcall-17", evil.subject)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("json://", "the host is missing"),
        (f"json://h.example:0/{SECRET}", "a port is a number"),
        (f"json://exa%20mple/{SECRET}", "the host is missing"),
        (f"json://h.example/{SECRET}?method=get", "a parameter that it does not know; it knows secret"),
        (f"json://h.example/{SECRET}?redirect=yes", "a parameter that it does not know"),
        (f"json://h.example/?-token={SECRET}", "takes no -parameters"),
        (f"json://h.example/?:key={SECRET}", "takes no :parameters"),
        (f"json://h.example/?+Host={SECRET}", "a +header that cannot be set"),
        (f"json://h.example/?+Idempotency-Key={SECRET}", "a +header that cannot be set"),
        (f"json://h.example/?+X-Rollcall-Signature={SECRET}", "a +header that cannot be set"),
        (f"json://h.example/?+X-A={SECRET}%0d%0aX-B:c", "a +header that cannot be set"),
        (f"json://h.example/?+X-A%0d%0aX-B={SECRET}", "a +header that cannot be set"),
        (f"json://h.example/?+X-A=张{SECRET}", "a +header that cannot be set"),
        (f"json://h.example/?secret={SECRET}&secret=b", "given twice"),
        (f"json://a@h.example:{SECRET}@other.example", "a sign too many"),
        (f"json://h.example/hook#{SECRET}", "a sign too many"),
    ],
)
def test_a_bad_address_is_refused_in_one_line_without_it(site: Site, address: str, says: str) -> None:
    with pytest.raises(Refusal) as refused:
        open_channel(address, site)
    assert says in str(refused.value)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "account"),
    [
        ("json://H.example", "http://h.example:80"),
        ("jsons://u:p@h.example/hook?secret=x", "https://h.example:443"),
        ("jsons://[::1]:8443/hook", "https://[::1]:8443"),
    ],
)
def test_the_account_is_the_server_and_no_secret_of_it(site: Site, address: str, account: str) -> None:
    sender = open_channel(address, site)
    assert sender.account == account
    assert "secret='x'" not in repr(sender)


@pytest.mark.parametrize("answer", [goes_away, lambda _: Answer(500)])
def test_what_a_receiver_may_have_goes_again_and_is_known_there(
    site: Site, answer: Callable[[Request], Answer]
) -> None:
    with a_webhook(answer) as webhook:
        send(site, webhook.address)
        webhook.answer = lambda _: Answer.of({"id": "r-2"})
        assert send(site, webhook.address).outcome is Outcome.ACCEPTED
    assert webhook.keys == {"rollcall-17": 2}
