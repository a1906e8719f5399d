"""One connection for all mail of an account, whoever sends it, and a new one when it has had its day."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from config.vocabulary import Outcome
from notifications.channels.mail import connection as mail_connection
from notifications.channels.mail import session as mail_session
from notifications.channels.mail.address import MailAccount, Security
from notifications.channels.mail.connection import close_connections, connection_to
from notifications.channels.mail.message import Letter
from notifications.channels.message import Message
from notifications.channels.opening import open_channel
from notifications.channels.site import Site
from tests.notifications.channels.factories import MESSAGE, mail_address, send, text_of
from tests.peers.faulty import a_hanging_peer
from tests.peers.mail import a_mail_server


def _messages(count: int) -> list[Message]:
    return [replace(MESSAGE, key=f"rollcall-{number}", body=f"{number}\n" * 50) for number in range(count)]


def test_many_mails_of_many_people_and_threads_go_over_one_connection_and_arrive_whole(site: Site) -> None:
    messages = _messages(200)
    with a_mail_server() as server:
        addresses = [mail_address(server.port).replace("li%40", f"li{number}%40") for number in range(200)]
        with ThreadPoolExecutor(8) as pool:
            verdicts = list(pool.map(lambda pair: send(site, *pair), zip(addresses, messages, strict=True)))
    assert {verdict.outcome for verdict in verdicts} == {Outcome.ACCEPTED}
    assert server.connections == 1
    assert len({mail.message_id for mail in server.mails}) == 200
    for mail in server.mails:
        number = mail.recipients[0].removeprefix("li").partition("@")[0]
        text, _ = mail.read().iter_parts()
        assert text_of(text) == f"{number}\n" * 50


def test_a_line_that_begins_with_a_dot_ends_no_mail(site: Site) -> None:
    account = MailAccount("127.0.0.1", 25, Security.INSECURE)
    content = b"Subject: x\r\n\r\n.\r\n..\r\n.hidden\r\n"
    with a_mail_server() as server:
        connection = connection_to(replace(account, port=server.port), site.networks)
        assert connection.send(Letter("a@example.com", "b@example.org", content)).outcome is Outcome.ACCEPTED
    assert server.mails[0].content == content


def test_a_refused_mail_costs_no_connection(site: Site) -> None:
    with a_mail_server() as server:
        server.answer("RCPT", "550 5.1.1 unknown", times=3)
        outcomes = [send(site, mail_address(server.port), message).outcome for message in _messages(5)]
    assert outcomes == [Outcome.PERMANENT] * 3 + [Outcome.ACCEPTED] * 2
    assert (server.connections, server.commands["RSET"]) == (1, 3)


def test_a_connection_that_went_away_between_two_mails_is_opened_anew(site: Site) -> None:
    with a_mail_server() as server:
        for message in _messages(3):
            assert send(site, mail_address(server.port), message).outcome is Outcome.ACCEPTED
            server.hang_up_all()
    assert (server.connections, len(server.mails)) == (3, 3)


def test_a_server_that_has_had_enough_of_a_connection_gets_another(site: Site) -> None:
    with a_mail_server() as server:
        server.letters_each = 2
        outcomes = {send(site, mail_address(server.port), message).outcome for message in _messages(6)}
    assert outcomes == {Outcome.ACCEPTED}
    assert (server.connections, len(server.mails)) == (3, 6)


def test_a_server_that_always_goes_away_is_temporary(site: Site) -> None:
    with a_mail_server() as server:
        server.letters_each = 0
        verdict = send(site, mail_address(server.port))
    assert (verdict.outcome, verdict.detail) == (Outcome.TEMPORARY, "421 4.3.2 closing")


@pytest.mark.parametrize(("name", "value"), [("MOST_LETTERS", 2), ("IDLE_SECONDS", -1.0)])
def test_an_old_or_idle_connection_is_taken_leave_of(
    site: Site, monkeypatch: pytest.MonkeyPatch, name: str, value: float
) -> None:
    monkeypatch.setattr(mail_connection, name, value)
    with a_mail_server() as server:
        for message in _messages(4):
            assert send(site, mail_address(server.port), message).outcome is Outcome.ACCEPTED
        connections = {"MOST_LETTERS": 2, "IDLE_SECONDS": 4}[name]
        assert (server.connections, server.commands["QUIT"]) == (connections, connections - 1)


def test_all_connections_are_taken_leave_of_in_the_end(site: Site) -> None:
    with a_mail_server() as server:
        send(site, mail_address(server.port))
        close_connections()
        assert server.commands["QUIT"] == 1
        assert send(site, mail_address(server.port)).outcome is Outcome.ACCEPTED


def test_each_account_has_a_connection_of_its_own(site: Site) -> None:
    with a_mail_server() as server:
        for login in ("rollcall", "rollcall", "office"):
            send(site, mail_address(server.port, login=login))
    assert server.connections == 2


def test_those_who_wait_while_nobody_answers_do_not_try_again_one_by_one(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_session, "ANSWER_SECONDS", 0.5)
    with a_hanging_peer() as port:
        sender = open_channel(mail_address(port), site)
        with ThreadPoolExecutor(8) as pool:
            verdicts = list(pool.map(sender.send, _messages(8)))
    assert len(set(verdicts)) == 1
    assert verdicts[0].outcome is Outcome.TEMPORARY


def test_a_message_whose_turn_does_not_come_is_not_tried(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_session, "ANSWER_SECONDS", 1.0)
    monkeypatch.setattr(mail_connection, "TURN_SECONDS", 0.1)
    with a_hanging_peer() as port:
        sender = open_channel(mail_address(port), site)
        with ThreadPoolExecutor(2) as pool:
            first, second = pool.map(sender.send, _messages(2))
    assert {first.outcome, second.outcome} == {Outcome.TEMPORARY}
    assert "busy" in first.detail + second.detail
