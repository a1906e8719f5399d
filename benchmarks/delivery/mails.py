"""Digests by mail through one server, against a bare loop of smtplib on one connection, and against stock Apprise."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from apprise import Apprise
from apprise.plugins.email.base import NotifyEmail

from benchmarks.bare import Bare
from benchmarks.delivery.digests import BODY, SUBJECT, Digests
from benchmarks.delivery.peers import Peer, running, serve_mail

SENDER = "rollcall@example.org"


class Mails(Digests):
    """Each officer has a mail address at the same server."""

    name = "mails"
    _peer: Peer

    @property
    def job(self) -> str:
        return f"deliver {self._branches:,} digests by mail, against a bare smtplib loop on one connection"

    @contextmanager
    def standing(self) -> Iterator[None]:
        with running(serve_mail) as self._peer:
            yield

    def address(self, number: int) -> str:
        return f"mailto://127.0.0.1:{self._peer.port}?from={SENDER}&to={_recipient(number)}"

    def bare(self, _: Bare) -> object:
        with smtplib.SMTP("127.0.0.1", self._peer.port) as server:
            for number in range(1, self._branches + 1):
                server.send_message(_mail(number))
        return None


class MailsByApprise(Mails):
    """The same against Apprise's own way: a connection for each."""

    name = "mails-apprise"

    @property
    def job(self) -> str:
        return f"deliver {self._branches:,} digests by mail, against stock Apprise"

    def bare(self, _: Bare) -> object:
        for number in range(1, self._branches + 1):
            apprise = Apprise()
            apprise.add(
                stock(f"mailto://127.0.0.1:{self._peer.port}?from={SENDER}&to={_recipient(number)}&mode=insecure")
            )
            assert apprise.notify(title=SUBJECT, body=BODY)
        return None


def _recipient(number: int) -> str:
    return f"o{number}@example.org"


def _mail(number: int) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = SENDER, _recipient(number), SUBJECT
    mail.set_content(BODY)
    return mail


def stock(url: str) -> NotifyEmail:
    """Open an address by Apprise's own class: under its name stands ours in this process."""
    return NotifyEmail(**NotifyEmail.parse_url(url))  # type: ignore[no-untyped-call]  # Apprise has no types
