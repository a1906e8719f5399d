"""Short messages through Twilio."""

from base64 import b64encode
from dataclasses import replace
from datetime import timedelta

import pytest

from config.errors import Refusal
from config.vocabulary import Dialect, OnDoubt, Outcome
from notifications.channels.message import Verdict, account_refused
from notifications.channels.opening import open_channel
from notifications.channels.services import service_called
from notifications.channels.site import Site
from notifications.channels.sms.twilio import TwilioGateway
from notifications.channels.wire.http import Reply
from tests.notifications.channels.factories import MESSAGE, send
from tests.peers.faulty import goes_away, has_had_enough
from tests.peers.server import serving
from tests.peers.twilio import SENDER, SID, TOKEN, Twilio, a_twilio

PHONE = "+8613800138000"
ADDRESS = f"twilio://{SID}:{TOKEN}@{SENDER}/{PHONE}"
SHORT = replace(MESSAGE, body="3 项工作已逾期：https://example.org/a?b=c&d=e+f", html=None)
GATEWAY = TwilioGateway("https://api.twilio.com", SID, TOKEN, SENDER, PHONE)


def _at(site: Site, origin: str) -> Site:
    return replace(site, endpoints=(("twilio", origin),))


def _send(site: Site, twilio: Twilio, address: str = ADDRESS, body: str = SHORT.body) -> Verdict:
    return send(_at(site, twilio.origin), address, replace(SHORT, body=body))


def test_a_message_arrives_as_it_was_written_and_the_sid_is_the_receipt(site: Site) -> None:
    with a_twilio() as twilio:
        verdict = _send(site, twilio)
    assert (verdict.outcome, verdict.detail, verdict.receipt) == (Outcome.ACCEPTED, "queued", f"SM{1:032}")
    assert twilio.messages == [{"To": PHONE, "From": SENDER, "Body": SHORT.body}]


def test_what_is_in_doubt_waits_for_a_person() -> None:
    service = service_called("twilio")
    assert (service.on_doubt, service.dialect, service.longest) == (OnDoubt.HOLD, Dialect.SHORT, 480)


T, R, P = Outcome.TEMPORARY, Outcome.THROTTLED, Outcome.PERMANENT


@pytest.mark.parametrize(
    ("status", "code", "outcome", "is_dead"),
    [
        (401, 20003, T, False),
        (400, 21211, P, True),
        (400, 21610, P, True),
        (400, 21614, P, True),
        (404, 20404, P, True),
        (400, 21602, P, False),
        (429, 20429, R, False),
        (429, 99999, R, False),
        (400, 30001, T, False),
        (429, 21611, T, False),
        (503, 20503, T, False),
        (500, 20500, Outcome.AMBIGUOUS, False),
    ],
)
def test_a_refusal_means_what_its_code_says(
    site: Site, status: int, code: int, outcome: Outcome, is_dead: bool
) -> None:
    with a_twilio() as twilio:
        twilio.refusals[PHONE] = (status, code)
        verdict = _send(site, twilio)
    assert (verdict.outcome, verdict.is_channel_dead) == (outcome, is_dead)
    assert str(code) in verdict.detail


@pytest.mark.parametrize(("code", "is_dead"), [(21610, True), (30007, False)])
def test_a_message_that_was_made_and_failed_at_once_is_no_success(site: Site, code: int, is_dead: bool) -> None:
    with a_twilio() as twilio:
        twilio.failures[PHONE] = code
        verdict = _send(site, twilio)
    assert (verdict.outcome, verdict.is_channel_dead) == (Outcome.PERMANENT, is_dead)


def test_one_that_is_too_long_says_nothing_of_the_next(site: Site) -> None:
    with a_twilio() as twilio:
        verdict = _send(site, twilio, body="长" * 1_601)
        assert (verdict.outcome, verdict.is_channel_dead) == (Outcome.PERMANENT, False)
        assert "21617" in verdict.detail
        assert _send(site, twilio).outcome is Outcome.ACCEPTED


def test_a_token_that_twilio_repeats_is_masked(site: Site) -> None:
    with a_twilio() as twilio:
        verdict = _send(site, twilio, ADDRESS.replace(TOKEN, "wr0ng"))
    assert verdict == account_refused(verdict.detail)
    assert "20003" in verdict.detail
    assert "wr0ng" not in verdict.detail


def test_an_answer_without_a_sid_may_be_a_message(site: Site) -> None:
    for body in (b"", b"[]", b"{}", b"<html>"):
        verdict = GATEWAY.verdict(Reply(201, {}, body))
        assert verdict.outcome is Outcome.AMBIGUOUS


def test_no_answer_may_be_a_message(site: Site) -> None:
    with serving(goes_away) as origin:
        assert send(_at(site, origin), ADDRESS, SHORT).outcome is Outcome.AMBIGUOUS


def test_one_that_has_had_enough_is_left_alone_as_long_as_it_asks(site: Site) -> None:
    with serving(has_had_enough(30)) as origin:
        verdict = send(_at(site, origin), ADDRESS, SHORT)
    assert (verdict.outcome, verdict.retry_after) == (Outcome.THROTTLED, timedelta(seconds=30))


@pytest.mark.parametrize(
    ("rest", "sender", "recipient"),
    [
        ("+15005550006/+8613800138000", "+15005550006", "+8613800138000"),
        ("15005550006/8613800138000", "+15005550006", "+8613800138000"),
        ("+15005550006?to=%2B86%20138-0013-8000", "+15005550006", "+8613800138000"),
        ("x?from=%2B15005550006&to=8613800138000", "+15005550006", "+8613800138000"),
        ("12345/+8613800138000", "12345", "+8613800138000"),
    ],
)
def test_numbers_are_read_as_people_write_them(site: Site, rest: str, sender: str, recipient: str) -> None:
    opened = open_channel(f"twilio://{SID}:{TOKEN}@{rest}", site)
    assert opened.account == f"{SID}:{sender}"
    assert f"recipient='{recipient}'" in repr(opened)
    assert TOKEN not in repr(opened)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (f"twilio://{SID}@+15005550006/+8613800138000", "begins with the account's SID and its token"),
        (f"twilio://{TOKEN}:{TOKEN}@+15005550006/+8613800138000", "begins with the account's SID and its token"),
        (f"twilio://{SID}:{TOKEN}@+15005550006", "one recipient"),
        (f"twilio://{SID}:{TOKEN}@+15005550006/+8613800138000/+8613800138001", "one recipient"),
        (f"twilio://{SID}:{TOKEN}@+15005550006/+8613800138000?to=+8613800138001", "one recipient"),
        (f"twilio://{SID}:{TOKEN}@+15005550006/张三", "the recipient is no phone number"),
        (f"twilio://{SID}:{TOKEN}@w:+15005550006/+8613800138000", "takes no port"),
        (f"twilio://{SID}:{TOKEN}@+15005550006/w:+8613800138000", "the recipient is no phone number"),
        (f"twilio://{SID}:{TOKEN}@0123456789/+8613800138000", "the sender is no phone number"),
        (f"twilio://{SID}:{TOKEN}@+15005550006/+8613800138000?method=call", "it knows from, to"),
    ],
)
def test_a_bad_address_is_refused_in_one_line_without_it(site: Site, address: str, says: str) -> None:
    with pytest.raises(Refusal) as refused:
        open_channel(address, site)
    assert says in str(refused.value)
    assert TOKEN not in str(refused.value)


def test_the_login_is_basic_authentication() -> None:
    login = b64encode(f"{SID}:{TOKEN}".encode()).decode()
    assert GATEWAY.request(SHORT).headers["Authorization"] == f"Basic {login}"
