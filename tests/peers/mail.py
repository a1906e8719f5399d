"""A real mail server, which keeps what it takes and can be told to refuse, and to go away."""

import asyncio
import ssl
import warnings
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event, Thread
from types import SimpleNamespace
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

SHUT = "421 4.3.2 closing"


@dataclass(frozen=True)
class Mail:
    """A mail that was taken: its envelope, and all of it as it came over the wire."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    user: str | None
    is_encrypted: bool
    greeting: str

    def read(self) -> EmailMessage:
        """Read it as a mail client does."""
        message = message_from_bytes(self.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        return message

    @property
    def message_id(self) -> str:
        """The one id that it bears."""
        (found,) = self.read().get_all("Message-ID")
        return str(found)


@dataclass
class MailServer:
    """What a mail server was asked, and what it is to answer next.

    `answers` holds, for each of `MAIL`, `RCPT` and `DATA`, what the next ones get instead of a yes. With
    `hang_ups` that many mails are read, kept, and the connection ended instead of answered; with
    `letters_each` a connection takes so many and then says goodbye.
    """

    port: int = 0
    mails: list[Mail] = field(default_factory=list)
    connections: int = 0
    commands: Counter[str] = field(default_factory=Counter)
    answers: dict[str, list[str]] = field(default_factory=dict)
    hang_ups: int = 0
    letters_each: int | None = None
    logins: list[tuple[str, str]] = field(default_factory=list)
    transports: list[asyncio.Transport] = field(default_factory=list)
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def answer(self, command: str, words: str, times: int = 1) -> None:
        """Answer so to the next commands of a kind."""
        self.answers.setdefault(command, []).extend([words] * times)

    def hang_up_all(self) -> None:
        """End all connections, as a server does that has heard nothing for long."""
        for transport in list(self.transports):
            self.loop.call_soon_threadsafe(transport.abort)

    def next_answer(self, command: str, otherwise: str) -> str:
        """Count a command and say what it gets."""
        self.commands[command] += 1
        waiting = self.answers.get(command)
        return waiting.pop(0) if waiting else otherwise


def _handler(server: MailServer) -> SimpleNamespace:
    """What aiosmtpd asks about each command, by the names it has for them."""

    async def mail(_smtp: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:
        taken = letters.get(session, 0)
        if server.letters_each is not None and taken >= server.letters_each:
            return SHUT
        words = server.next_answer("MAIL", "250 2.1.0 Ok")
        if words.startswith("250"):
            envelope.mail_from = address
        return words

    async def rcpt(_smtp: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:
        words = server.next_answer("RCPT", "250 2.1.5 Ok")
        if words.startswith("250"):
            envelope.rcpt_tos.append(address)
        return words

    async def data(smtp: SMTP, session: Session, envelope: Envelope) -> str:
        words = server.next_answer("DATA", f"250 2.0.0 Ok: queued as Q{len(server.mails) + 1:05}")
        if words.startswith("250"):
            server.mails.append(_taken(session, envelope))
        letters[session] = letters.get(session, 0) + 1
        if server.hang_ups:
            server.hang_ups -= 1
            smtp.transport.abort()
        return words

    letters: dict[Session, int] = {}
    return SimpleNamespace(
        handle_MAIL=mail,
        handle_RCPT=rcpt,
        handle_DATA=data,
        handle_RSET=_yes(server, "RSET", "250 2.0.0 Ok"),
        handle_QUIT=_yes(server, "QUIT", "221 2.0.0 Bye"),
    )


def _yes(server: MailServer, command: str, words: str) -> Callable[[SMTP, Session, Envelope], Awaitable[str]]:
    async def answer(_smtp: SMTP, _session: Session, _envelope: Envelope) -> str:
        return server.next_answer(command, words)

    return answer


def _taken(session: Session, envelope: Envelope) -> Mail:
    user = session.auth_data.login.decode() if isinstance(session.auth_data, LoginPassword) else None
    assert envelope.mail_from is not None
    assert isinstance(envelope.content, bytes)
    assert session.host_name is not None
    return Mail(
        envelope.mail_from,
        tuple(envelope.rcpt_tos),
        envelope.content,
        user,
        session.ssl is not None,
        session.host_name,
    )


@contextmanager
def a_mail_server(
    *,
    starttls: ssl.SSLContext | None = None,
    smtps: ssl.SSLContext | None = None,
    login: tuple[str, str] | None = None,
    longest: int = 1_000_000,
) -> Iterator[MailServer]:
    """Serve mail for the length of the block: plain, with STARTTLS or TLS from the start, with or without a login.

    A refused login is answered with the password in it, as careless servers do.
    """
    server = MailServer()
    loop = server.loop

    def authenticate(_smtp: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
        user, password = given.login.decode(), given.password.decode()
        server.logins.append((user, password))
        if (user, password) == login:
            return AuthResult(success=True, auth_data=given)
        return AuthResult(success=False, handled=False, message=f"535 5.7.8 no such login: {user} {password}")

    class Counted(SMTP):
        def connection_made(self, transport: Any) -> None:
            server.transports.append(transport)
            super().connection_made(transport)

    def protocol() -> SMTP:
        server.connections += 1
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a login without TLS: this is a test
            return Counted(
                _handler(server),
                hostname="peer.example.org",
                data_size_limit=longest,
                tls_context=starttls,
                require_starttls=starttls is not None,
                authenticator=authenticate if login else None,
                auth_required=login is not None,
                auth_require_tls=False,
                loop=loop,
            )

    started = Event()

    async def serve() -> None:
        listening = await loop.create_server(protocol, "127.0.0.1", 0, ssl=smtps)
        server.port = listening.sockets[0].getsockname()[1]
        started.set()
        try:
            await stopped.wait()
        finally:
            listening.close()
            for transport in server.transports:
                transport.abort()
            await asyncio.sleep(0)

    stopped = asyncio.Event()
    thread = Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert started.wait(10)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0.01))
        loop.close()
