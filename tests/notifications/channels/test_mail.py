"""Mail over real connections: every answer of a server becomes the verdict that it means."""

from base64 import b64encode
from time import monotonic

import pytest

from config.vocabulary import Outcome
from notifications.channels.mail import connection as mail_connection
from notifications.channels.mail import session as mail_session
from notifications.channels.message import account_refused
from notifications.channels.opening import open_channel
from notifications.channels.site import Site
from tests.notifications.channels.factories import MESSAGE, mail_address, send
from tests.peers.certificates import Certificates
from tests.peers.faulty import a_dripping_peer, a_hanging_peer
from tests.peers.mail import a_mail_server

LOGIN = ("rollcall", "topsecret")
WITH_PASSWORD = "rollcall:topsecret"


def test_a_mail_that_was_taken_bears_the_servers_name_for_it(site: Site) -> None:
    with a_mail_server() as server:
        verdict = send(site, mail_address(server.port))
    assert (verdict.outcome, verdict.receipt) == (Outcome.ACCEPTED, "Q00001")
    assert verdict.detail == "250 2.0.0 Ok: queued as Q00001"
    (mail,) = server.mails
    assert (mail.sender, mail.recipients) == ("rollcall@example.com", ("li@example.org",))
    assert mail.greeting == "[127.0.0.1]"
    assert mail.read()["Subject"] == MESSAGE.subject


def test_a_repeat_arrives_the_same_to_the_last_byte(site: Site) -> None:
    with a_mail_server() as server:
        for _ in range(2):
            send(site, mail_address(server.port))
    first, second = server.mails
    assert first == second


@pytest.mark.parametrize(
    ("words", "receipt"),
    [
        ("250 2.0.0 Ok: queued as 4B1C2D3E4F", "4B1C2D3E4F"),
        ("250 OK id=1abcDE-000123-4f", "1abcDE-000123-4f"),
        ("250 2.0.0 58G0aBcD012345 Message accepted for delivery", "58G0aBcD012345"),
        ("250 Mail OK queued as gzga-smtp-mta-g2-0,_____wDnD", "gzga-smtp-mta-g2-0"),
        ("250 OK: queued as.", None),
        ("250 fine", None),
    ],
)
def test_the_receipt_is_the_id_in_the_servers_words(site: Site, words: str, receipt: str | None) -> None:
    with a_mail_server() as server:
        server.answer("DATA", words)
        verdict = send(site, mail_address(server.port))
    assert (verdict.outcome, verdict.receipt) == (Outcome.ACCEPTED, receipt)


T, R, P = Outcome.TEMPORARY, Outcome.THROTTLED, Outcome.PERMANENT


@pytest.mark.parametrize(
    ("command", "words", "outcome", "is_dead"),
    [
        ("MAIL", "451 4.3.0 try later", T, False),
        ("MAIL", "450 4.7.1 too many messages from this sender", R, False),
        ("MAIL", "421 4.7.0 too many connections", R, False),
        ("MAIL", "530 5.7.0 Authentication required", T, False),
        ("MAIL", "553 5.7.1 sender address rejected: not owned by user", T, False),
        ("MAIL", "552 5.3.4 message size exceeds fixed limit", P, False),
        ("RCPT", "450 4.2.0 greylisted", T, False),
        ("RCPT", "452 4.2.2 over quota", T, False),
        ("RCPT", "421 4.4.5 too many recipients this hour", R, False),
        ("RCPT", "451 4.7.1 rate limit exceeded", R, False),
        ("RCPT", "550 No such user here", P, True),
        ("RCPT", "550 5.1.1 user unknown", P, True),
        ("RCPT", "551 5.1.6 moved", P, True),
        ("RCPT", "553 5.1.3 bad address", P, True),
        ("RCPT", "554 5.1.0 address rejected", P, True),
        ("RCPT", "554 5.7.1 relay access denied", P, False),
        ("RCPT", "550 5.7.1 blocked by a list", P, False),
        ("RCPT", "552 5.2.2 mailbox full", P, False),
        ("RCPT", "550 Connection frequency limited", R, False),
        ("DATA", "451 4.3.0 disk full", T, False),
        ("DATA", "452 4.3.1 too many mails in the queue", R, False),
        ("DATA", "421 4.3.2 shutting down", T, False),
        ("DATA", "552 5.3.4 too large", P, False),
        ("DATA", "554 5.7.1 looks like spam", P, False),
        ("DATA", "550 5.7.1 looks like spam", P, False),
        ("DATA", "550 5.1.1 user unknown after all", P, True),
    ],
)
def test_a_refusal_means_what_its_codes_say(
    site: Site, command: str, words: str, outcome: Outcome, is_dead: bool
) -> None:
    with a_mail_server() as server:
        server.answer(command, words)
        verdict = send(site, mail_address(server.port))
        assert (verdict.outcome, verdict.is_channel_dead, verdict.detail) == (outcome, is_dead, words)
        assert server.mails == []
        assert send(site, mail_address(server.port)).outcome is Outcome.ACCEPTED, "the connection is fit for the next"


def test_a_mail_that_is_too_large_for_the_server_is_not_sent_at_all(site: Site) -> None:
    with a_mail_server(longest=1_000) as server:
        verdict = send(site, mail_address(server.port))
        assert (verdict.outcome, verdict.is_channel_dead) == (Outcome.PERMANENT, False)
        assert verdict.detail.startswith("552 ")
        assert server.commands["RCPT"] == 0


def test_an_answer_that_never_came_may_have_been_a_yes(site: Site) -> None:
    with a_mail_server() as server:
        server.hang_ups = 1
        verdict = send(site, mail_address(server.port))
        assert verdict.outcome is Outcome.AMBIGUOUS
        assert len(server.mails) == 1, "it was read, and is not sent again behind anyone's back"
        assert send(site, mail_address(server.port)).outcome is Outcome.ACCEPTED
    assert server.mails[0] == server.mails[1]


def test_nobody_there_is_temporary(site: Site) -> None:
    with a_mail_server() as server:
        address = mail_address(server.port)
    verdict = send(site, address)
    assert (verdict.outcome, verdict.detail) == (Outcome.TEMPORARY, "not reached: Connection refused")


def test_one_that_never_greets_is_temporary(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_session, "ANSWER_SECONDS", 0.2)
    with a_hanging_peer() as port:
        verdict = send(site, mail_address(port))
    assert verdict.outcome is Outcome.TEMPORARY


@pytest.mark.parametrize("first", [b"220 ", b"220-hello\r\n220-hello\r\n220-"], ids=["a line", "lines"])
def test_one_whose_greeting_never_ends_is_left(site: Site, monkeypatch: pytest.MonkeyPatch, first: bytes) -> None:
    monkeypatch.setattr(mail_connection, "SEND_SECONDS", 0.5)
    began = monotonic()
    with a_dripping_peer(first) as port:
        verdict = send(site, mail_address(port))
    assert (verdict.outcome, verdict.is_account_down) == (Outcome.TEMPORARY, True)
    assert monotonic() - began < 2


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f000001", "[::1]", "[64:ff9b::7f00:1]"])
def test_a_server_that_may_not_be_reached_is_not_connected_to(site: Site, host: str) -> None:
    closed = Site(site.home)
    with a_mail_server() as server:
        verdict = send(closed, mail_address(server.port).replace("smtp=localhost", f"smtp={host}"))
    assert verdict == account_refused(verdict.detail)
    assert "not public" in verdict.detail
    assert server.connections == 0


def test_with_starttls_login_and_mail_are_encrypted(site: Site, trusted: Certificates) -> None:
    with a_mail_server(starttls=trusted.server_context(), login=LOGIN) as server:
        verdict = send(site, mail_address(server.port, scheme="mailtos", login=WITH_PASSWORD))
    assert verdict.outcome is Outcome.ACCEPTED
    (mail,) = server.mails
    assert (mail.user, mail.is_encrypted) == ("rollcall", True)


def test_with_ssl_the_connection_is_encrypted_from_the_start(site: Site, trusted: Certificates) -> None:
    with a_mail_server(smtps=trusted.server_context(), login=LOGIN) as server:
        address = mail_address(server.port, scheme="mailtos", login=WITH_PASSWORD, more="&mode=ssl")
        assert send(site, address).outcome is Outcome.ACCEPTED
    assert server.mails[0].user == "rollcall"


@pytest.mark.parametrize("mode", ["ssl", "starttls"])
def test_a_certificate_of_an_unknown_authority_is_refused(site: Site, certificates: Certificates, mode: str) -> None:
    context = certificates.server_context()
    peer = a_mail_server(smtps=context, login=LOGIN) if mode == "ssl" else a_mail_server(starttls=context, login=LOGIN)
    with peer as server:
        verdict = send(site, mail_address(server.port, scheme="mailtos", login=WITH_PASSWORD, more=f"&mode={mode}"))
    assert verdict == account_refused(verdict.detail)
    assert verdict.detail.startswith("the server's certificate is not trusted: ")
    assert server.logins == []


def test_a_certificate_of_another_host_is_refused(site: Site, trusted: Certificates) -> None:
    with a_mail_server(smtps=trusted.server_context()) as server:
        address = mail_address(server.port, scheme="mailtos", more="&mode=ssl")
        verdict = send(site, address.replace("smtp=localhost", "smtp=0x7f000001"))
    assert verdict == account_refused(verdict.detail)
    assert verdict.detail.startswith("the server's certificate is not trusted: ")


def test_a_password_does_not_go_to_a_server_that_offers_no_encryption(site: Site) -> None:
    with a_mail_server(login=LOGIN) as server:
        verdict = send(site, mail_address(server.port, login=WITH_PASSWORD))
    assert verdict == account_refused(verdict.detail)
    assert "STARTTLS" in verdict.detail
    assert server.logins == []


def test_unless_the_address_says_so(site: Site) -> None:
    with a_mail_server(login=LOGIN) as server:
        verdict = send(site, mail_address(server.port, login=WITH_PASSWORD, more="&mode=insecure"))
    assert verdict.outcome is Outcome.ACCEPTED
    assert server.logins == [LOGIN]


def test_a_refused_login_lets_the_account_rest_and_its_password_is_told_to_nobody(site: Site) -> None:
    with a_mail_server(login=LOGIN) as server:
        verdict = send(site, mail_address(server.port, login="rollcall:wrong", more="&mode=insecure"))
    assert verdict == account_refused("535 5.7.8 no such login: rollcall …")


@pytest.mark.parametrize(
    "echo", ["topsecret", b64encode(b"topsecret").decode(), b64encode(b"\0rollcall\0topsecret").decode()]
)
def test_a_password_that_a_server_repeats_is_masked(site: Site, echo: str) -> None:
    with a_mail_server(login=LOGIN) as server:
        server.answer("RCPT", f"550 5.1.1 unknown, {echo}")
        verdict = send(site, mail_address(server.port, login=WITH_PASSWORD, more="&mode=insecure"))
    assert verdict.detail == "550 5.1.1 unknown, …"


def test_a_login_that_was_refused_is_not_tried_with_every_mail(site: Site) -> None:
    with a_mail_server(login=LOGIN) as server:
        address = mail_address(server.port, login="rollcall:wrong", more="&mode=insecure")
        first = send(site, address)
        tried = len(server.logins)
        assert [send(site, address) for _ in range(5)] == [first] * 5
    assert (server.connections, len(server.logins)) == (1, tried)


def test_the_account_is_the_login_and_no_secret_of_it(site: Site) -> None:
    sender = open_channel("mailtos://rollcall:topsecret@example.com?smtp=smtp.example.com", site)
    assert (sender.service, sender.account) == ("mailtos", "smtp.example.com:587:rollcall")
    assert "topsecret" not in repr(sender)
