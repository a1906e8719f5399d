"""How a mail is composed: what a client reads, the same to the last byte every time."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from notifications.channels.mail.address import MailAccount, MailRoute, Security
from notifications.channels.mail.message import compose
from notifications.channels.message import Message
from tests.notifications.channels.factories import MESSAGE, text_of

ROUTE = MailRoute(
    MailAccount("localhost", 25, Security.INSECURE), "rollcall@example.com", "办公室 (2)", "li@example.org"
)
TEXT = replace(MESSAGE, html=None)


def _read(message: Message, route: MailRoute = ROUTE) -> EmailMessage:
    mail = message_from_bytes(compose(message, route).content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert not mail.defects
    return mail


def test_a_client_reads_what_was_written() -> None:
    mail = _read(MESSAGE)
    assert mail["Subject"] == MESSAGE.subject
    assert str(mail["From"].addresses[0]) == '"办公室 (2)" <rollcall@example.com>'
    assert (mail["To"].addresses[0].display_name, mail["To"].addresses[0].addr_spec) == (MESSAGE.to, "li@example.org")
    assert mail["Date"].datetime == MESSAGE.dated
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] == "<mailto:rollcall@example.com?subject=unsubscribe>"
    assert mail.get_content_type() == "multipart/alternative"
    text, html = mail.iter_parts()
    assert (text.get_content_type(), text_of(text)) == ("text/plain", MESSAGE.body)
    assert (html.get_content_type(), text_of(html)) == ("text/html", MESSAGE.html)


def test_without_html_it_is_plain_text() -> None:
    mail = _read(TEXT)
    assert mail.get_content_type() == "text/plain"
    assert text_of(mail) == MESSAGE.body


def test_it_bears_one_id_of_the_senders_domain_that_begins_with_the_key() -> None:
    (found,) = _read(MESSAGE).get_all("Message-ID")
    assert found.startswith("<rollcall-17.")
    assert found.endswith("@example.com>")


@pytest.mark.parametrize("message", [MESSAGE, TEXT])
def test_a_repeat_is_the_same_to_the_last_byte(message: Message) -> None:
    assert compose(message, ROUTE) == compose(replace(message), replace(ROUTE))


@pytest.mark.parametrize(
    "other",
    [
        replace(MESSAGE, key="rollcall-18"),
        replace(MESSAGE, body="another\n"),
        replace(MESSAGE, subject="another"),
    ],
)
def test_another_message_has_another_id_though_a_new_database_counts_from_one_again(other: Message) -> None:
    assert _read(other)["Message-ID"] != _read(MESSAGE)["Message-ID"]


def test_it_moves_through_every_server_unchanged() -> None:
    for route in (ROUTE, replace(ROUTE, sender=f"{'a' * 64}@{'b' * 60}.example.com", recipient=f"{'c' * 64}@x.org")):
        content = compose(replace(MESSAGE, subject="x" * 500, to="y" * 500), route).content
        assert content.isascii()
        assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
        assert content.endswith(b"\r\n")
        assert max(map(len, content.splitlines())) < 300
        mail = _read(MESSAGE, route)
        assert mail["List-Unsubscribe"] == f"<mailto:{route.sender}?subject=unsubscribe>"
        assert mail["To"].addresses[0].addr_spec == route.recipient


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\0", "\r\n\r\n"])
def test_no_subject_and_no_name_adds_a_header_or_a_part(newline: str) -> None:
    plain = _read(MESSAGE)
    for evil in (f"y{newline}Bcc: all@example.com", f"y{newline}z", f"y{newline} z{newline}"):
        one_line = " ".join(evil.replace("\0", "").split())
        for message, route in (
            (replace(MESSAGE, subject=evil), ROUTE),
            (replace(MESSAGE, to=evil), ROUTE),
            (replace(MESSAGE, key=evil), ROUTE),
            (MESSAGE, replace(ROUTE, name=evil)),
        ):
            mail = _read(message, route)
            assert mail.keys() == plain.keys()
            assert len(list(mail.iter_parts())) == 2
            assert mail["Subject"] == (one_line if message.subject == evil else MESSAGE.subject)
            assert mail["To"].addresses[0].display_name == (one_line if message.to == evil else MESSAGE.to)


def test_words_that_look_encoded_are_shown_as_they_are() -> None:
    assert _read(replace(MESSAGE, subject="=?utf-8?q?=41?="))["Subject"] == "=?utf-8?q?=41?="


def test_a_body_cannot_end_the_part_that_it_is_in() -> None:
    (boundary,) = {part for part in [_read(MESSAGE).get_boundary()] if part}
    mail = _read(replace(MESSAGE, body=f"--{boundary}--\r\n.\r\nQUIT\r\n"))
    assert len(list(mail.iter_parts())) == 2
